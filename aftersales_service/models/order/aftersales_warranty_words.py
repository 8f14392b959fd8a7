from odoo import fields, models
from odoo.tools import format_date


class AftersalesWarranty(models.Model):
    """The words for covers and lines of parts and labour, in the reader's language."""

    _inherit = 'aftersales.warranty'

    def _format_line_covers(self, covers):
        """Return a sentence for each ``LineCover``: what is covered, by what, until when."""
        labels = self._get_cover_labels()
        labels['cover'] = self._get_cover_words([cover.facts.get('cover') for cover in covers])
        return [self._format_line_cover(cover, labels) for cover in covers]

    def _get_cover_words(self, cover_ids):
        """Return ``{id: (name, article)}`` in the reader's language, of covers that still exist."""
        cover_ids = list(filter(None, cover_ids))
        # the ORM checked read access to the line: its readers may see what covers it
        covers = cover_ids and self.env['aftersales.warranty.cover'].sudo().search_fetch(
            [('id', 'in', cover_ids)], ['name', 'article', 'origin', 'term_id'])
        return {cover.id: (cover._get_name(), cover._get_article()) for cover in covers or ()}

    def _get_cover_labels(self):
        """Return the words of kinds and origins of covers, and of charges."""
        models_and_fields = {
            'kind': ('aftersales.warranty.cover', 'kind'),
            'origin': ('aftersales.warranty.cover', 'origin'),
            'charge': ('aftersales.order', 'charge_kind')}
        return {
            key: dict(self.env[model]._fields[name]._description_selection(self.env))
            for key, (model, name) in models_and_fields.items()}

    def _format_line_cover(self, cover, labels):
        facts = cover.facts
        code = facts.get('code')
        if code in labels['charge']:
            return labels['charge'][code]
        if 'kind' in facts:
            return self._format_cover_facts(facts, labels)
        sentences = self._get_cover_sentences(facts)
        return sentences[code]() if code in sentences else ""

    def _get_cover_sentences(self, facts):
        """Return ``{code: function}`` that says why a line is covered or not.

        Hook: called on the model, as the reader of the line or superuser, for one line; of the
        functions only that of the line's code is called. Extend it by ``super() | {…}``.
        Raises nothing.

        :param facts: what is kept of the line's cover (``cover_facts``)
        """
        return {
            'said': lambda: facts['text'],
            'unsaid': lambda: self.env._("Decided manually"),
            'no_card': lambda: self.env._("No warranty card"),
            'no_cover': lambda: self.env._("Not promised by the warranty"),
        }

    def _format_cover_facts(self, facts, labels):
        """Name the promise, and say whether and until when it holds."""
        title, article = labels['cover'].get(
            facts['cover'], (facts['name'], facts['article']))
        name = ", ".join(filter(None, (
            labels['origin'].get(facts['origin']),
            title or labels['kind'].get(facts['kind']), article)))
        start, end = (
            format_date(self.env, fields.Date.to_date(facts[key])) for key in ('start', 'end'))
        if facts['code'] == 'covered':
            return self.env._(
                "Covered %(percent)s %% - %(cover)s, until %(date)s",
                percent=f"{facts['percent']:g}", cover=name, date=end)
        if facts['code'] == 'expired':
            return self.env._("%(cover)s expired on %(date)s", cover=name, date=end)
        if facts['code'] == 'not_started':
            return self.env._("%(cover)s starts on %(date)s", cover=name, date=start)
        if facts['code'] == 'used_up':
            return self.env._(
                "%(cover)s ended at a reading of %(limit)s", cover=name,
                limit=f"{facts['limit'] or 0:g}")
        if facts['code'] == 'suspended':
            return self.env._("%(cover)s is suspended", cover=name)
        return self.env._("%(cover)s is void", cover=name)
