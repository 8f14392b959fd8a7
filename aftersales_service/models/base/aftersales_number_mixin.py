from odoo import api, fields, models
from odoo.tools import SQL


class AftersalesNumberMixin(models.AbstractModel):
    """A document that takes its number from a sequence, in the company it belongs to.

    The number is a protected field. It is drawn after the insert and before anything is said
    about the document, so name this mixin after ``mail.thread`` in ``_inherit``. A document
    that brings a number keeps it; without a sequence the number stays empty.
    """

    _name = 'aftersales.number.mixin'
    _description = "Numbered Document"
    _inherit = 'aftersales.protected.mixin'

    # the field of the number; the sequence has the model's name as its code
    _number_field = 'name'

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.filtered(lambda record: not record[self._number_field])._draw_numbers()
        return records

    def _draw_numbers(self, field=None, code=None):
        """Write the next numbers into ``field`` of these records, in their order.

        Hook to call: by steps that number a document later, after their own check; ``create``
        does so by itself, after the insert and before core's notes and mails. It is called as
        any user, for a batch of any companies. It reads the sequence and writes the number as
        superuser. Without a sequence of the company, or of all, the number stays empty.

        :param field: the field of the number; by default the model's own
        :param code: of the sequence; by default the model's name
        :raise LockNotAvailable: a sequence without gaps is drawn from by another transaction;
            core repeats the request
        """
        for company, records in self.grouped('company_id').items():
            # create checked the right to make the document, which includes its number
            sequence = self.env['ir.sequence'].sudo().with_company(company).search_fetch(
                [('code', '=', code or self._name),
                 ('company_id', 'in', [company.id, False])],
                ['implementation', 'use_date_range', 'number_increment', 'prefix', 'suffix',
                 'padding'], order='company_id', limit=1)
            numbers = self._draw_from(sequence, len(records))
            # protected: only this method gives numbers
            for record, number in zip(records.sudo(), numbers, strict=True):
                record[field or self._number_field] = number

    @api.model
    def _draw_from(self, sequence, count):
        """Return the next ``count`` numbers of one sequence, which superuser reads, in order.

        Core's API draws one number a call, with one to four statements for each. It draws the
        first here: that makes the range of today where none is, and locks a sequence without
        gaps until the transaction ends, so that the ORM may move it on for the others. Those of
        a sequence with gaps come from PostgreSQL's, as core's do, but all in one statement: the
        ORM has nothing that gives two processes at once different numbers. How a number looks
        (``get_next_char``) and which range it belongs to stays core's to say.
        """
        if not sequence:
            return [False] * count
        day = self.env.context.get('ir_sequence_date') or fields.Date.today()
        first = sequence.next_by_id(day)
        if count == 1:
            return [first]
        source = sequence._get_current_sequence(day)  # itself, or its range of the day
        if source != sequence:
            sequence = source.with_context(ir_sequence_date_range=source.date_from).sequence_id
        if sequence.implementation == 'standard':
            name = f'ir_sequence_{sequence.id:03}' + (
                f'_{source.id:03}' if source != sequence else '')
            rows = self.env.execute_query(SQL(
                "SELECT nextval(%s) FROM generate_series(2, %s)", name, count))
            drawn = [number for [number] in rows]
        else:
            start, step = source.number_next, sequence.number_increment
            source.number_next = start + (count - 1) * step
            drawn = range(start, source.number_next, step)
        return [first, *map(sequence.get_next_char, drawn)]
