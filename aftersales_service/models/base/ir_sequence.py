from odoo import api, models
from odoo.tools import SQL, ormcache


class IrSequence(models.Model):
    """Numbers drawn for a whole batch at once; what they are made of comes from the cache."""

    _name = 'ir.sequence'
    _inherit = ['ir.sequence', 'aftersales.cached.mixin']

    _uncached_fields = frozenset({'number_next', 'number_next_actual'})

    @api.model
    def _number_batch(self, code, vals_list, field='name'):
        """Give the values of new records that bring no number the next ones of ``code``."""
        bare = [vals for vals in vals_list if not vals.get(field)]
        for vals, number in zip(bare, self._next_batch_by_code(code, len(bare)), strict=True):
            vals[field] = number

    @api.model
    def _next_batch_by_code(self, code, count):
        """Return ``count`` numbers of the sequence ``code``, drawn in one query.

        Numbers of a gapless or dated sequence are drawn one by one, as core does.
        A missing sequence gives ``False`` for each number: it does not block.
        """
        if not count:
            return []
        self.browse().check_access('read')
        facts = self._get_batch_facts(code, self.env.company.id)
        if not facts:
            return [False] * count
        sequence_id, is_drawn_at_once, prefix, suffix, padding = facts
        if not is_drawn_at_once:
            sequence = self.browse(sequence_id)
            return [sequence.next_by_id() for __ in range(count)]
        # the texts around the number may name the day
        prefix, suffix = self.new(
            {'name': code, 'prefix': prefix, 'suffix': suffix})._get_prefix_suffix()
        numbers = self.env.execute_query(SQL(
            "SELECT nextval(%s) FROM generate_series(1, %s)",
            f'ir_sequence_{sequence_id:03d}', count))
        return [f'{prefix}{number:0{padding}d}{suffix}' for [number] in numbers]

    @api.model
    @ormcache('code', 'company_id')
    def _get_batch_facts(self, code, company_id):
        """Return id, drawn at once or not, prefix, suffix, padding; ``None`` without sequence."""
        # the caller checks the right to read sequences
        sequence = self.sudo().search_fetch(
            [('code', '=', code), ('company_id', 'in', [company_id, False])],
            order='company_id', limit=1)
        if not sequence:
            return None
        is_drawn_at_once = sequence.implementation == 'standard' and not sequence.use_date_range
        return (sequence.id, is_drawn_at_once, sequence.prefix, sequence.suffix,
                sequence.padding)
