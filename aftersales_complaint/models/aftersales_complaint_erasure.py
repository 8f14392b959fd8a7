from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# what was written about parties and persons
_LIABILITY_TEXTS = ('reason', 'objection', 'ruling', 'person_history')


class AftersalesComplaint(models.Model):
    """What a closed complaint says of people goes when its period is over; a hold keeps it.

    Complaints with an injury are kept longer than the others. What the liability sheet says of
    people goes with the complaint's own texts and files.
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
        return (*super()._get_personal_text_fields(), 'legal_note', 'police_reference',
                'media_infringement', 'crisis_log', 'subject', 'description', 'caller_name',
                'answer', 'rejection_reason', 'abnormal_facts', 'praised_person')

    def _get_text_domain(self, moment):
        return super()._get_text_domain(moment) | Domain('liability_ids', 'any', Domain.OR(
            Domain(name, 'not in', (False, '')) for name in _LIABILITY_TEXTS))

    def _erase_texts(self, moment):
        count = super()._erase_texts(moment)
        lines, persons = self.liability_ids, self.liability_ids.person_ids
        count += sum(bool(line[name]) for line in lines for name in _LIABILITY_TEXTS)
        count += sum(bool(person.reason) for person in persons)
        persons.reason = False  # first: each change of a person writes its history
        lines.write(dict.fromkeys(_LIABILITY_TEXTS, False))
        return count

    @api.model
    def _get_photo_domain(self, moment):
        return super()._get_photo_domain(moment) | Domain('photo_ids', '!=', False) | Domain(
            'liability_ids', 'any', Domain('photo_ids', '!=', False) | Domain(
                'person_ids', 'any', Domain('photo_ids', '!=', False)))

    def _get_erased_photos(self):
        return super()._get_erased_photos() | self.photo_ids | self.liability_ids.photo_ids | (
            self.liability_ids.person_ids.photo_ids)
