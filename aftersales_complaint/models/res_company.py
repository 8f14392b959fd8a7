from odoo import fields, models


class ResCompany(models.Model):
    """How long complaints of one customer or unit belong together, and when to ask again."""

    _inherit = 'res.company'

    complaint_repeat_days = fields.Integer(
        string="Complaints Belong Together for", default=90,
        help="Days in which a second complaint of the same unit or customer takes the full flow.")
    complaint_linked_days = fields.Integer(
        string="Closed Complaints Are Reopened for", default=30,
        help="Days after closing; what the customer writes later opens a linked complaint.")
    complaint_first_contact_days = fields.Integer(
        string="First Contact after Closing", default=7,
        help="Days after closing with the customer; 0 plans none.")
    complaint_second_contact_days = fields.Integer(
        string="Second Contact after Closing", default=30,
        help="Days after closing with the customer; 0 plans none.")
    is_complaint_two_persons = fields.Boolean(
        string="Proposals Approved by a Second Person",
        help="The person who submits a proposal does not approve it.")
    complaint_retention_days = fields.Integer(
        string="Complaints Are Kept for", default=1095,
        help="Days after closing; then words and photos are erased. 0 keeps them.")
    complaint_injury_days = fields.Integer(
        string="Complaints with an Injury Are Kept for", default=3650,
        help="Days after closing. 0 keeps them.")

    _complaint_days_positive = models.Constraint(
        'CHECK(complaint_repeat_days >= 0 AND complaint_linked_days >= 0'
        ' AND complaint_first_contact_days >= 0 AND complaint_second_contact_days >= 0'
        ' AND complaint_retention_days >= 0 AND complaint_injury_days >= 0)',
        "The days of complaints cannot be negative.")

    def _get_complaint_contact_days(self):
        """Return after how many days customers are asked again, in order."""
        self.ensure_one()
        # the days are no secret to those who close complaints
        company = self.sudo()
        return sorted({
            company.complaint_first_contact_days, company.complaint_second_contact_days} - {0})
