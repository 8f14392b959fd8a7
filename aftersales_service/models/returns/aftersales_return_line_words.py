from odoo import api, fields, models
from odoo.tools import format_date


class AftersalesReturnLine(models.Model):
    """The verdict on returned goods in the reader's words, not the author's."""

    _inherit = 'aftersales.return.line'

    article = fields.Char(
        compute='_compute_words', help="The clause that gives what was asked for.", protected=True)
    verdict = fields.Char(compute='_compute_words', protected=True)

    @api.depends(
        'facts', 'basis', 'policy_id', 'last_day', 'fee', 'restocking_charge', 'serial',
        'product_id', 'return_id.goodwill_reason')
    @api.depends_context('lang')
    def _compute_words(self):
        for line in self:
            line.article = line._get_article()
            line.verdict = line._say_verdict()

    def _get_article(self):
        """Return the clause, the return policy or the goodwill by which goods are taken back."""
        self.ensure_one()
        if self.basis == 'policy':
            # those who may read the verdict may read the policy's name
            return self.sudo().policy_id.name
        if self.basis == 'goodwill':
            return self.return_id.goodwill_reason
        return self._read_article((self.facts or {}).get('article') or {})

    @api.model
    def _read_article(self, articles):
        return self.env['aftersales.verdict']._read_article(articles) or False

    def _say_verdict(self):
        """Say what is owed, by which clause and until when; or why nothing is."""
        self.ensure_one()
        code = self._get_code()
        if not code:
            return False
        if code == 'unknown':
            return self.env._(
                "Unknown unit: the serial number %(serial)s was not sold by us. It may only "
                "be taken in for repair against payment, without refund or exchange.",
                serial=self.serial)
        if code == 'taken_in':
            return self.env._("Taken in without refund or exchange.")
        return self._say_refusal() if code == 'refused' else self._say_given()

    def _get_code(self):
        """Return how the line was judged; before the facts were kept, by its basis."""
        self.ensure_one()
        if self.facts or not self.basis:
            return (self.facts or {}).get('code')
        if self.basis != 'none':
            return 'given'
        return 'taken_in' if self.settlement == 'none' else 'refused'

    def _get_settlement_label(self):
        """Return what was judged: the settlement wanted at that time."""
        labels = dict(self._fields['settlement']._description_selection(self.env))
        return labels.get((self.facts or {}).get('settlement') or self.settlement, '')

    def _say_given(self):
        basis = dict(self._fields['basis']._description_selection(self.env))[self.basis]
        sentence = self.env._(
            "%(product)s: %(remedy)s by %(basis)s", product=self.product_id.display_name,
            remedy=self._get_settlement_label(), basis=basis)
        # why a lead was generous is for the team: the customer reads this sentence, too
        if self.basis != 'goodwill' and (article := self._get_article()):
            sentence += self.env._(" (%(article)s)", article=article)
        if self.last_day:
            sentence += self.env._(
                ", until %(day)s", day=format_date(self.env, self.last_day))
        if charge := self.fee + self.restocking_charge:
            sentence += self.env._(
                ", less %(charge)s", charge=self.currency_id.format(charge))
        return self.env._("%(sentence)s.", sentence=sentence)

    def _say_refusal(self):
        """Say why neither warranty nor return policy gives what was asked for."""
        words, facts = [], self.facts or {}
        if facts.get('is_recall'):
            words.append(self.env._("no running recall names this unit"))
        if failure := facts.get('failure'):
            words.append(self.env._(
                "%(rule)s: %(reason)s",
                rule=self._read_article(failure['article']) or self.env._("Warranty"),
                reason=self._say_failure(failure)))
        if failure := facts.get('policy_failure'):
            words.append(self.env._(
                "%(policy)s: %(reason)s", policy=self.sudo().policy_id.name,
                reason=self._say_policy_failure(failure)))
        if not words:
            words.append(self.env._("no rule and no return policy applies"))
        return self.env._(
            "%(product)s: no %(remedy)s. %(reasons)s", product=self.product_id.display_name,
            remedy=self._get_settlement_label().lower(),
            reasons=self.env._("%(sentence)s.", sentence="; ".join(words)))

    def _say_failure(self, failure):
        """Say what the rule asks for and what was found, as verdicts do."""
        return self.env['aftersales.verdict']._format_reason(
            failure['reason'], f"{failure['wanted']:g}", f"{failure['found']:g}")

    def _say_policy_failure(self, failure):
        return {
            'proof': self.env._("return without proof of purchase"),
            'excluded': self.env._("these goods are not returnable"),
            'not_delivered': self.env._("no delivery is known"),
            'window': self.env._(
                "the last day was %(day)s",
                day=format_date(self.env, fields.Date.to_date(failure['last_day'])) or ''),
            'used': self.env._("only unused goods with their packaging"),
            'abuse': self.env._("the customer has returned too often"),
        }.get(failure['reason'], self.env._("not asked for"))
