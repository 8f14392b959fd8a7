from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..models.aftersales_kpi import SUBJECTS
from ..models.roles import PERFORMANCE


class AftersalesScoreRun(models.TransientModel):
    """Ask for which month and whom sheets are made."""

    _name = 'aftersales.score.run'
    _description = "Make Monthly Sheets"
    _inherit = 'aftersales.link.access.mixin'

    company_id = fields.Many2one(
        'res.company', required=True, default=lambda self: self.env.company)
    month = fields.Date(
        string="Any Day of the Month", required=True,
        default=lambda self: self.env['aftersales.score']._get_last_month())
    subject = fields.Selection(
        SUBJECTS, string="Judged as", required=True, default='technician')

    def action_make(self):
        """Make the sheets that are missing, measured, and show all of the month."""
        self.ensure_one()
        if not self.env.user.has_group(PERFORMANCE) or self.company_id not in self.env.companies:
            raise AccessError(self.env._(
                "Performance officers make the sheets of their companies."))
        sheets = self.env['aftersales.score']
        made = sheets._make_sheets(self.company_id, self.month, self.subject)
        month = self.month.replace(day=1)
        domain = [('company_id', '=', self.company_id.id), ('month', '=', month),
                  ('subject', '=', self.subject)]
        if not sheets.search_count(domain, limit=1):
            raise UserError(self.env._(
                "No order was done in that month: there is nothing to judge. Choose another "
                "month."))
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_training.aftersales_score_action')
        return {
            'type': 'ir.actions.client', 'tag': 'display_notification',
            'params': {
                'type': 'success', 'message': self.env._(
                    "%(count)s sheets were made. Who had one keeps it.", count=len(made)),
                'next': {**action, 'domain': domain, 'context': {}}}}
