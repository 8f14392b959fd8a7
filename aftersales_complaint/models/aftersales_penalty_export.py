import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, get_lang

from ..tools.month import format_month
from ..tools.payroll import write_payroll
from ..tools.penalty import month_of, next_month
from .aftersales_penalty_acknowledgement import OFFICER


class AftersalesPenaltyExport(models.Model):
    """A month of the ledger as it was given to payroll: once, and the month is closed.

    Another copy of the file says that it is one, and who asked for it why. It posts nothing.
    """

    _name = 'aftersales.penalty.export'
    _description = "Payroll Export of Penalties"
    _inherit = ['aftersales.guard.mixin', 'aftersales.protected.mixin']
    _order = 'month desc, id desc'
    _rec_name = 'month'

    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company,
        protected='after')
    currency_id = fields.Many2one(related='company_id.currency_id')
    month = fields.Date(
        required=True, protected='after', default=lambda self: self._default_month(),
        help="Any day of the month.")
    user_id = fields.Many2one(
        'res.users', string="Exported by", readonly=True, copy=False, protected=True,
        default=lambda self: self.env.user)
    date = fields.Datetime(
        string="Exported on", readonly=True, copy=False, protected=True,
        default=fields.Datetime.now)
    line_ids = fields.One2many(
        'aftersales.penalty.line', 'export_id', string="Rows", protected=True)
    amount = fields.Monetary(
        string="Total", compute='_compute_amount', store=True, protected=True)
    file = fields.Binary(attachment=True, readonly=True, copy=False, protected=True)
    file_name = fields.Char(compute='_compute_file_name')
    copy_count = fields.Integer(string="Copies", readonly=True, copy=False, protected=True)
    copy_reason = fields.Char(
        string="Why Another Copy", copy=False, help="Stands in the file with the name.")
    copy_log = fields.Text(string="Log of Copies", readonly=True, copy=False, protected=True)

    _month_uniq = models.Constraint(
        'UNIQUE(company_id, month)',
        "This month was exported already: open that export for another copy.")

    @api.model
    def _default_month(self):
        return next_month(month_of(fields.Date.context_today(self)), -1)

    @api.depends('line_ids.amount')
    def _compute_amount(self):
        for export in self:
            export.amount = sum(export.line_ids.mapped('amount'))

    @api.depends('month', 'copy_count')
    def _compute_file_name(self):
        for export in self:
            export.file_name = self.env._(
                "Deductions %(month)s.xlsx", month=f'{export.month:%Y-%m}') if (
                    export.month) else False

    @api.depends('month')
    @api.depends_context('lang')
    def _compute_display_name(self):
        for export in self:
            export.display_name = format_month(
                export.month, get_lang(self.env).code) if export.month else False

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Close the months: mark their rows and write their files, all or nothing."""
        vals_list = [
            {**vals, 'month': month_of(fields.Date.to_date(
                vals.get('month') or self._default_month()))} for vals in vals_list]
        exports = super().create(vals_list)
        for export in exports:
            export._ensure_complete()
            export._close()
        return exports

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An exported month stays on record."))

    def _ensure_complete(self):
        """Refuse months that have not ended, or that the run has not decided for everybody."""
        self.ensure_one()
        today = self.company_id._get_aftersales_day(fields.Datetime.now())
        if self.month > month_of(today):
            raise UserError(self.env._("A month cannot be exported before it began."))
        waiting = self.env['aftersales.penalty'].sudo().search(
            self.env['aftersales.penalty']._get_due_domain(self.company_id, self.month))
        if waiting:
            raise UserError(self.env._(
                "The run of this month has not decided on %(names)s: run it first, or enter what "
                "it misses.", names=waiting.mapped('name')))
        proposed = self.env['aftersales.penalty.line'].sudo().search(
            [('company_id', '=', self.company_id.id), ('month', '=', self.month),
             ('state', '=', 'proposed'), ('kind', '=', 'return')])
        if proposed:
            raise UserError(self.env._(
                "Counter-entries of this month wait for approval: %(names)s",
                names=proposed.penalty_id.mapped('name')))

    def _close(self):
        self.ensure_one()
        # the right to export was checked by ``create``; the marks are protected
        export = self.sudo()
        lines = self.env['aftersales.penalty.line'].sudo().search(
            [('company_id', '=', self.company_id.id), ('month', '<=', self.month),
             ('export_id', '=', False), ('is_payroll', '=', True)])
        lines.export_id = export
        export.file = export._write_file()

    # === ACTIONS === #

    def action_copy_file(self):
        """Write another copy of the file, which says that it is one."""
        self.check_access('write')
        if not self.env.user.has_group(OFFICER) and not self.env.su:
            raise AccessError(self.env._("Officers of penalties export for payroll."))
        self._refuse_where(
            lambda export: not (export.copy_reason or '').strip(),
            self.env._("Write why another copy is needed first"))
        for export in self:
            # the right was checked above; the marks are protected
            export = export.sudo()
            export.copy_count += 1
            export.copy_log = "\n".join(filter(None, [export.copy_log, self.env._(
                "Copy %(number)s: %(user)s, %(day)s, %(reason)s", number=export.copy_count,
                user=self.env.user.name, day=format_date(self.env, fields.Date.today()),
                reason=export.copy_reason)]))
            export.file = export._write_file()
            export.copy_reason = False

    def _write_file(self):
        """Return the sheet of one month, as base64."""
        self.ensure_one()
        title = self.env._(
            "%(company)s: deductions %(month)s", company=self.company_id.name,
            month=f'{self.month:%Y-%m}')
        if self.copy_count:
            title = self.env._("COPY %(number)s, exported before. %(title)s",
                               number=self.copy_count, title=title)
        kinds = dict(self.env['aftersales.penalty.line']._fields['kind']._description_selection(
            self.env))
        headings = [
            self.env._("Month"), self.env._("Employee"), self.env._("Department"),
            self.env._("Penalty"), self.env._("Kind"), self.env._("Amount"),
            self.env._("Currency")]
        lines = self.line_ids.sorted(lambda line: (line.employee_id.name or '', line.id))
        return base64.b64encode(write_payroll(title, headings, [
            (f'{line.month:%Y-%m}', line.employee_id.name, line.department_id.name,
             line.penalty_id.name, kinds[line.kind], line.amount, self.currency_id.name)
            for line in lines]))

    # === CLOSED MONTHS === #

    @api.model
    def _get_closed(self, company):
        """Return the months of a company that were exported."""
        # that a month is closed is no secret
        return set(self.sudo().search(
            [('company_id', '=', company.id)]).mapped('month'))

    @api.model
    def _is_closed(self, company, month):
        return month in self._get_closed(company)

    @api.model
    def _get_open_month(self, company, month):
        """Return the first month from ``month`` on that was not exported."""
        closed = self._get_closed(company)
        while month in closed:
            month = next_month(month)
        return month
