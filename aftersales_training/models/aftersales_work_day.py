from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ('present', "Present"), ('travel', "Business Trip"), ('rest', "Day Off"), ('leave', "Leave"),
    ('sick', "Sick Leave"), ('absent', "Absent without Leave")]


class AftersalesWorkDay(models.Model):
    """One day of a person's attendance; an imported day finds or begins the month's report."""

    _name = 'aftersales.work.day'
    _description = "Day of a Work Report"
    _inherit = ['aftersales.guard.mixin', 'aftersales.protected.mixin']
    _order = 'date, id'
    _rec_name = 'date'
    _check_company_auto = True

    report_id = fields.Many2one(
        'aftersales.work.report', string="Work Report", required=True, index=True,
        ondelete='cascade', protected='after')
    company_id = fields.Many2one(
        related='report_id.company_id', store=True, precompute=True, index=True)
    user_id = fields.Many2one(
        related='report_id.user_id', store=True, precompute=True, index=True, readonly=False)
    date = fields.Date(required=True)
    kind = fields.Selection(KINDS, required=True, default='present')
    hours = fields.Float(digits=(16, 1), help="Within the working hours.")
    overtime = fields.Float(digits=(16, 1))
    note = fields.Char()

    _one_day = models.Constraint(
        'UNIQUE(report_id, date)', "This day is in the report already.")
    _hours_possible = models.Constraint(
        'CHECK(hours >= 0 AND overtime >= 0 AND hours + overtime <= 24)',
        "A day has 24 hours, and none are negative.")

    @api.constrains('date', 'report_id')
    def _check_date(self):
        for day in self:
            if day.date.replace(day=1) != day.report_id.month:
                raise ValidationError(self.env._(
                    "%(day)s is not in the month of the report.", day=day.date))

    @api.model_create_multi
    def create(self, vals_list):
        """Find the report of an imported day by person and month; begin it where none is."""
        reports = self.env['aftersales.work.report']
        # asked first: a day or month that is taken would tell of the report of another
        reports._ensure_own_or_officer({
            int(vals['user_id']) for vals in vals_list if vals.get('user_id')})
        given = reports.browse({
            vals['report_id'] for vals in vals_list if vals.get('report_id')})
        given.check_access('write')
        given._ensure_own_or_officer()
        for vals in vals_list:
            user_id = vals.pop('user_id', False)
            if not vals.get('report_id') and vals.get('date'):
                key = {'user_id': user_id or self.env.uid, 'company_id': self.env.company.id,
                       'month': fields.Date.to_date(vals['date']).replace(day=1)}
                found = reports.search([(name, '=', value) for name, value in key.items()])
                vals['report_id'] = (found or reports.create(key)).id
        days = super().create(vals_list)
        days._ensure_report_open()
        return days

    def write(self, vals):
        vals.pop('user_id', None)  # the report says whose day it is
        result = super().write(vals)
        self._ensure_report_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        self._ensure_report_open()

    def _ensure_report_open(self):
        """Refuse days of reports that left the person's hands; officers help until approval."""
        if not self.env.su:
            self.report_id.check_access('write')
            self._refuse_where(
                lambda day: day.report_id.state == 'approved',
                self.env._("The report of these days is approved: it stays as it is"))
            self.report_id._ensure_own_or_officer()
