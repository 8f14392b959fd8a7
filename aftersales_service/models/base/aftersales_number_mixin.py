from odoo import api, models


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
        """Write the next numbers into ``field`` of these records.

        One search of the sequence for each company and one number drawn for each record.

        :param field: the field of the number; by default the model's own
        :param code: of the sequence; by default the model's name
        """
        for company, records in self.grouped('company_id').items():
            # create checked the right to make the document, which includes its number
            sequence = self.env['ir.sequence'].sudo().with_company(company).search(
                [('code', '=', code or self._name),
                 ('company_id', 'in', [company.id, False])], order='company_id', limit=1)
            # protected: only this method gives numbers
            for record in records.sudo():
                record[field or self._number_field] = (
                    sequence.next_by_id() if sequence else False)
