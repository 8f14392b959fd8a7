from odoo import api, fields, models
from odoo.tools import format_date, ormcache


class AftersalesVerdict(models.Model):
    """A decision in the user's words: which clause gives what, and why others do not."""

    _inherit = 'aftersales.verdict'

    # === FACTS OF A DECISION === #

    @api.model
    def _get_rules(self, decision):
        """Return every rule that a decision names."""
        return [*decision.fired, *(failure.rule for failure in decision.failed)]

    @api.model
    def _to_json(self, decision, articles, grounds=None):
        """Return a ``tools.remedies.Decision`` as plain values with the articles it names.

        :param articles: from ``_get_articles``
        :param grounds: of its exclusions in every language, from ``_get_grounds``
        """
        return {
            'remedies': [{
                'kind': remedy.kind, 'article': articles[remedy.rule.key],
                'fee': remedy.fee, 'refund': remedy.refund,
                'last_day': remedy.last_day and remedy.last_day.isoformat(),
            } for remedy in decision.remedies],
            'fired': [
                {'kind': rule.remedy, 'article': articles[rule.key]} for rule in decision.fired],
            'failed': [{
                'kind': failure.rule.remedy, 'article': articles[failure.rule.key],
                'reason': failure.reason, 'wanted': failure.wanted, 'found': failure.found,
            } for failure in decision.failed],
            'exclusions': decision.exclusions and (grounds or [
                {'': ground} for ground in decision.exclusions]),
        }

    @api.model
    def _get_articles(self, rules, all_languages=False):
        """Return ``{key of the rule: {language: article}}``; the clause's name for want of one.

        :param all_languages: in every language, as they read today; else in the reader's
        """
        articles = {rule.key: {'': rule.article} for rule in rules}
        # what a policy says is the same for everybody who may read a verdict
        clauses = self.env['aftersales.warranty.remedy'].sudo().browse(
            [key for key in articles if key]).exists()
        languages = [code for code, __ in self.env['res.lang'].get_installed()]
        for code in languages if all_languages else [self.env.lang or 'en_US']:
            for clause in clauses.with_context(lang=code):
                articles[clause.id][code] = clause.article or clause.name
        return articles

    @api.model
    def _get_grounds(self, orders):
        """Return ``{order: [{language: ground}]}`` of the approved exclusions of ``orders``."""
        grounds = {}
        for code, __ in self.env['res.lang'].get_installed() if orders.filtered(
                'is_excluded') else ():
            for order, articles in orders.with_context(
                    lang=code)._get_exclusion_articles().items():
                if articles:
                    said = grounds.setdefault(order, [{} for __ in articles])
                    for ground, article in zip(said, articles, strict=True):
                        ground[code] = article
        return grounds

    # === WORDS === #

    @api.model
    def _format_decision(self, decision, currency=None, is_covered=False):
        """Return a decision in the user's words, without keeping it; see ``_format_json``.

        :param is_covered: whether the warranty covers the whole unit on the day
        """
        articles = self._get_articles(self._get_rules(decision))
        return self._format_json(
            self._to_json(decision, articles) | {'is_covered': is_covered},
            currency or self.env.company.currency_id)

    def _get_words(self):
        """Return what was decided in the reader's words; see ``_format_json``."""
        self.ensure_one()
        return self._format_json(self.facts or {}, self.currency_id)

    @api.model
    def _format_json(self, facts, currency):
        """Return ``summary`` and the lines of ``remedies``, ``failed`` and ``exclusions``.

        Each line holds its whole sentence as ``text`` and what it is made of.
        """
        labels = self._get_remedy_labels()
        remedies = [
            self._format_remedy(line, labels, currency) for line in facts.get('remedies', ())]
        failed = [self._format_failure(line, labels) for line in facts.get('failed', ())]
        exclusions = [
            {'text': self.env._("Excluded: %(article)s", article=article), 'article': article}
            for article in map(self._read_article, facts.get('exclusions', ()))]
        if exclusions:
            summary = exclusions[0]['text']
        elif remedies:
            summary = self.env._(" or ").join(
                f"{line['label']} ({line['article']})" for line in remedies)
        elif facts.get('is_covered'):
            summary = self.env._("Covered by the warranty: no rule gives more")
        else:
            summary = self.env._("Paid repair: no rule gives more")
        return {'summary': summary, 'remedies': remedies, 'failed': failed,
                'exclusions': exclusions}

    @api.model
    def _get_remedy_labels(self):
        return dict(self._fields['remedy']._description_selection(self.env))

    @api.model
    def _read_article(self, articles):
        """Return an article in the reader's language, else as the rule has it.

        What had no translation on the day is read as the same words are translated today.
        """
        lang = self.env.lang or 'en_US'
        source = articles.get('en_US') or articles.get('')
        said = articles.get(lang) or source
        if lang == 'en_US' or said != source:
            return said
        return self._get_translated_articles(lang).get(source, source)

    @api.model
    @ormcache('lang')
    def _get_translated_articles(self, lang):
        """Return ``{clause or ground as it reads in English: in ``lang``}``."""
        words = {}
        for name in ('aftersales.warranty.exclusion', 'aftersales.warranty.remedy'):
            # what clauses are called is the same for everybody who may read a verdict
            clauses = self.env[name].sudo().with_context(active_test=False).search_fetch(
                [], ['name', 'article'])
            for clause, said in zip(
                    clauses.with_context(lang='en_US'), clauses.with_context(lang=lang),
                    strict=True):
                words[clause.article or clause.name] = said.article or said.name
        return words

    @api.model
    def _format_remedy(self, line, labels, currency):
        """Say what a rule gives: fee, refund and the last day to ask for it."""
        article = self._read_article(line['article'])
        last_day = line['last_day'] and format_date(
            self.env, fields.Date.to_date(line['last_day']))
        parts = [self.env._("fee %(fee)s", fee=currency.format(line['fee']))
                 if line['fee'] else self.env._("no fee")]
        if line['kind'] == 'part_refund':
            parts.insert(0, self.env._("the price of the part alone"))
        if line['kind'] == 'refund':
            parts.insert(0, currency.format(line['refund']) if line['refund'] or line['fee']
                         else self.env._("the price paid, which is not known"))
        if last_day:
            parts.append(self.env._("until %(date)s", date=last_day))
        details = ", ".join(parts)
        return {
            'kind': line['kind'], 'label': labels[line['kind']], 'article': article,
            'fee': currency.format(line['fee']), 'refund': currency.format(line['refund']),
            'last_day': last_day or "",
            'details': details,
            'text': self.env._(
                "%(article)s gives: %(remedy)s - %(details)s", article=article,
                remedy=labels[line['kind']], details=details),
        }

    @api.model
    def _format_failure(self, line, labels):
        """Say why a rule gives nothing: what it asks for and what was found."""
        article = self._read_article(line['article'])
        why = self._format_reason(line['reason'], f"{line['wanted']:g}", f"{line['found']:g}")
        return {
            'kind': line['kind'], 'label': labels[line['kind']], 'article': article, 'why': why,
            'text': self.env._(
                "%(article)s: %(why)s", article=article, why=why),
        }

    @api.model
    def _format_reason(self, reason, wanted, found):
        """Say which condition of a rule does not hold: what it wants and what was found."""
        sentences = {
            'excluded': lambda: self.env._("an exclusion was approved"),
            'not_started': lambda: self.env._("the term has not begun"),
            'expired': lambda: self.env._("within the term - it is over"),
            'used_up': lambda: self.env._(
                "up to a reading of %(wanted)s - it is %(found)s", wanted=wanted, found=found),
            'no_part_cover': lambda: self.env._(
                "with a cover of its own for the part - there is none"),
            'not_proven': lambda: self.env._(
                "presumed for %(wanted)s days - it is day %(found)s and nothing is proven",
                wanted=wanted, found=found),
            'buyer': lambda: self.env._("for other buyers - consumers or companies only"),
            'copy_only': lambda: self.env._(
                "with the original proof of purchase - there is a copy only"),
            'excepted': lambda: self.env._(
                "not for goods that are sold for good, such as those made to order"),
            'accessory': lambda: self.env._(
                "for the unit as a whole - the fault is in a part with a term of its own"),
            'without_parts': lambda: self.env._("not for these parts"),
            'min_replacements': lambda: self.env._(
                "after %(wanted)s replacements of a part - %(found)s are done", wanted=wanted,
                found=found),
            'min_exchanges': lambda: self.env._(
                "after %(wanted)s exchanges of the unit - there are %(found)s", wanted=wanted,
                found=found),
            'not_refused': lambda: self.env._(
                "where the seller refuses to repair and to replace - that is not recorded"),
            'over_stay_workdays': lambda: self.env._(
                "one repair over %(wanted)s working days - the longest took %(found)s",
                wanted=wanted, found=found),
            'since_repair_days': lambda: self.env._(
                "within %(wanted)s days after a repair - it is %(found)s", wanted=wanted,
                found=found),
            'no_exchange_right': lambda: self.env._(
                "in place of an exchange - no rule gives one"),
            'no_usage': lambda: self.env._("with a reading of the meter - there is none"),
            'fault_kind': lambda: self.env._("for another kind of fault"),
            'parts': lambda: self.env._("for its main parts only"),
            'no_proof': lambda: self.env._("with a proof of purchase - there is none"),
            'no_distance_sale': lambda: self.env._("for distance sales only"),
            'same_model_missing': lambda: self.env._(
                "while the same model is available - it is not"),
            'same_model_available': lambda: self.env._(
                "when the same model is not available - it is not recorded as missing"),
            'window_days': lambda: self.env._(
                "within %(wanted)s days - it is day %(found)s", wanted=wanted, found=found),
            'window_usage': lambda: self.env._(
                "up to a reading of %(wanted)s - it is %(found)s", wanted=wanted, found=found),
            'min_repairs': lambda: self.env._(
                "after %(wanted)s repairs - %(found)s are done", wanted=wanted, found=found),
            'over_repair_days': lambda: self.env._(
                "over %(wanted)s days in repair - there are %(found)s", wanted=wanted,
                found=found),
            'over_single_days': lambda: self.env._(
                "one repair over %(wanted)s days - the longest took %(found)s", wanted=wanted,
                found=found),
            'over_stay_days': lambda: self.env._(
                "one repair with its waits over %(wanted)s days - the longest took %(found)s",
                wanted=wanted, found=found),
            'over_wait_days': lambda: self.env._(
                "over %(wanted)s days waiting for a part - there are %(found)s", wanted=wanted,
                found=found),
        }
        return sentences[reason]() if reason in sentences else self.env._(
            "its conditions are not met (%(reason)s)", reason=reason)
