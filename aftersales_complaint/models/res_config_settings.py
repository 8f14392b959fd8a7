from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The days and habits of the complaint desk."""

    _inherit = 'res.config.settings'

    complaint_repeat_days = fields.Integer(
        related='company_id.complaint_repeat_days', readonly=False)
    complaint_rating_limit = fields.Integer(
        related='company_id.complaint_rating_limit', readonly=False)
    complaint_linked_days = fields.Integer(
        related='company_id.complaint_linked_days', readonly=False)
    complaint_first_contact_days = fields.Integer(
        related='company_id.complaint_first_contact_days', readonly=False)
    complaint_second_contact_days = fields.Integer(
        related='company_id.complaint_second_contact_days', readonly=False)
    is_complaint_two_persons = fields.Boolean(
        related='company_id.is_complaint_two_persons', readonly=False)
    complaint_review_day = fields.Integer(
        related='company_id.complaint_review_day', readonly=False)
    complaint_retention_days = fields.Integer(
        related='company_id.complaint_retention_days', readonly=False)
    complaint_injury_days = fields.Integer(
        related='company_id.complaint_injury_days', readonly=False)
