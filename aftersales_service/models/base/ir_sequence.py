from odoo import api, models
from odoo.tools import SQL


class IrSequence(models.Model):
    _inherit = 'ir.sequence'

    @api.model
    def _next_batch_by_code(self, code, count):
        """Return ``count`` numbers of the sequence ``code``, drawn in one query.

        Numbers of a gapless or dated sequence are drawn one by one, as core does.
        A missing sequence gives ``False`` for each number: it does not block.
        """
        if not count:
            return []
        sequence = self.search_fetch(
            [('code', '=', code), ('company_id', 'in', [self.env.company.id, False])],
            order='company_id', limit=1)
        if not sequence:
            return [False] * count
        if sequence.implementation == 'no_gap' or sequence.use_date_range:
            return [sequence.next_by_id() for __ in range(count)]
        prefix, suffix = sequence._get_prefix_suffix()
        numbers = self.env.execute_query(SQL(
            "SELECT nextval(%s) FROM generate_series(1, %s)",
            f'ir_sequence_{sequence.id:03d}', count))
        return [f'{prefix}{number:0{sequence.padding}d}{suffix}' for [number] in numbers]
