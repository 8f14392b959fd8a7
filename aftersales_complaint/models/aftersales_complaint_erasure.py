from odoo import api, models
from odoo.fields import Domain


class AftersalesComplaint(models.Model):
    """What a closed complaint says of people goes when its period is over; a hold keeps it."""

    _inherit = 'aftersales.complaint'

    @api.model
    def _get_finished_domain(self, moment):
        return Domain('date_closed', '<=', moment)

    def _get_personal_text_fields(self):
        return (*super()._get_personal_text_fields(), 'description', 'caller_name', 'answer',
                'rejection_reason', 'abnormal_facts', 'praised_person')
