from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesComplaint(models.Model):
    """What a closed complaint says of people goes when its period is over; a hold keeps it.

    Complaints with an injury are kept longer than the others.
    """

    _inherit = 'aftersales.complaint'

    @api.model
    def _get_finished_domain(self, moment):
        """Keep injuries for the years that claims of hurt people may still come."""
        now = fields.Datetime.now()
        # periods of all companies that keep such complaints for a time
        companies = self.env['res.company'].sudo().search([('complaint_injury_days', '>', 0)])
        return Domain('date_closed', '<=', moment) & (Domain('is_injury', '=', False) | Domain.OR(
            Domain('company_id', '=', company.id) & Domain(
                'date_closed', '<=', now - timedelta(days=company.complaint_injury_days))
            for company in companies))

    def _get_held_fields(self):
        return (*super()._get_held_fields(), 'answer', 'rejection_reason', 'amount_asked',
                'order_id', 'sale_order_id')

    def _get_personal_text_fields(self):
        # a subject is often the first line of the customer's words
        return (*super()._get_personal_text_fields(), 'subject', 'description', 'caller_name',
                'answer', 'rejection_reason', 'abnormal_facts', 'praised_person')

    @api.model
    def _get_photo_domain(self, moment):
        return super()._get_photo_domain(moment) | Domain('photo_ids', '!=', False)

    def _get_erased_photos(self):
        return super()._get_erased_photos() | self.photo_ids
