from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.aftersales_service.tools.validity import last_day

STATES = [('store', "In Store"), ('issued', "Issued"), ('gone', "Lost or Scrapped")]


class AftersalesTool(models.Model):
    """A tool, an instrument or another piece of equipment that people are given for their work.

    It says who has it and until when it may measure; each time it was given out is a row of
    ``aftersales.tool.issue``. What is sold or built in belongs to the stock, not here.
    """

    _name = 'aftersales.tool'
    _description = "Tool or Equipment"
    _inherit = [
        'aftersales.revocation.mixin', 'mail.thread', 'mail.activity.mixin',
        'aftersales.state.mixin', 'aftersales.protected.mixin']
    _order = 'code, id'
    _rec_names_search = ['code', 'name', 'serial']
    _check_company_auto = True

    _TRANSITIONS = {'issued': {'store'}, 'store': {'issued'}, 'gone': {'store', 'issued'}}
    _STAMPS = {'issued': 'date_issued', 'gone': 'date_gone'}

    name = fields.Char(required=True)
    code = fields.Char(string="Inventory Number", required=True, copy=False, index=True)
    serial = fields.Char(string="Serial Number", copy=False)
    kind = fields.Selection([
        ('tool', "Tool"), ('instrument', "Measuring Instrument"),
        ('protective', "Protective Gear"), ('device', "Phone or Computer"),
        ('vehicle', "Vehicle")], required=True, default='tool')
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    active = fields.Boolean(default=True)
    keeper_id = fields.Many2one(
        'res.users', string="Kept by", required=True, index=True, domain=[('share', '=', False)],
        default=lambda self: self.env.user, help="Gives it out, and has it calibrated.")
    state = fields.Selection(
        STATES, string="Status", default='store', required=True, readonly=True, index=True,
        copy=False, protected=True, tracking=True)
    note = fields.Text()

    # Who has it
    receiver_id = fields.Many2one(
        'res.users', string="Issue to", copy=False, index='btree_not_null',
        domain="['|', ('share', '=', False), ('aftersales_outlet_ids', '!=', False)]")
    user_id = fields.Many2one(
        'res.users', string="Holder", readonly=True, copy=False, protected=True,
        index='btree_not_null', ondelete='restrict')
    date_issued = fields.Datetime(string="Issued on", readonly=True, copy=False, protected=True)
    date_gone = fields.Datetime(
        string="Lost or Scrapped on", readonly=True, copy=False, protected=True)
    gone_reason = fields.Char(string="What Became of It", copy=False)
    issue_ids = fields.One2many('aftersales.tool.issue', 'tool_id', readonly=True, copy=False)
    has_holder_left = fields.Boolean(
        string="Holder Left", compute='_compute_has_holder_left', search='_search_holder_left')

    # Calibration
    calibration_months = fields.Integer(
        string="Calibrated every (Months)", help="0: it needs no calibration.")
    date_calibrated = fields.Date(string="Calibrated on", copy=False, tracking=True)
    calibration_date = fields.Date(
        string="Calibrate until", compute='_compute_calibration_date', store=True, index=True,
        protected=True)
    is_uncalibrated = fields.Boolean(compute='_compute_is_uncalibrated')

    _code_uniq = models.Constraint(
        'UNIQUE(company_id, code)', "This inventory number is taken: each piece has its own.")
    _months_positive = models.Constraint(
        'CHECK(calibration_months >= 0)', "The months between calibrations cannot be negative.")

    @api.constrains('date_calibrated')
    def _check_date_calibrated(self):
        today = fields.Date.context_today(self)
        for tool in self:
            if tool.date_calibrated and tool.date_calibrated > today:
                raise ValidationError(self.env._(
                    "The calibration of %(tool)s on %(day)s lies ahead: enter the day on which it "
                    "was done.", tool=tool.display_name,
                    day=format_date(self.env, tool.date_calibrated)))

    @api.depends('code', 'name')
    def _compute_display_name(self):
        for tool in self:
            tool.display_name = " ".join(filter(None, [tool.code, tool.name]))

    @api.depends('calibration_months', 'date_calibrated')
    def _compute_calibration_date(self):
        for tool in self:
            tool.calibration_date = bool(tool.calibration_months and tool.date_calibrated) and (
                last_day(tool.date_calibrated, tool.calibration_months))

    @api.depends('calibration_months', 'calibration_date')
    def _compute_is_uncalibrated(self):
        today = fields.Date.context_today(self)
        for tool in self:
            tool.is_uncalibrated = bool(tool.calibration_months) and (
                not tool.calibration_date or tool.calibration_date < today)

    @api.depends('user_id')
    def _compute_has_holder_left(self):
        left = self.filtered_domain(self._search_holder_left('in', [True]))
        for tool in self:
            tool.has_holder_left = tool in left

    @api.model
    def _search_holder_left(self, operator, value):
        """Find what is with people who were archived, have a last day, or have no outlet."""
        if operator != 'in' or True not in value:
            return NotImplemented
        # who keeps tools may know that the holder left, and nothing else of an employee
        people = self.env['res.users'].sudo().with_context(active_test=False).search(
            Domain('id', 'in', self.sudo()._get_holder_ids()) & (
                Domain('active', '=', False)
                | Domain('employee_ids.departure_date', '<=', fields.Date.context_today(self))
                | Domain('share', '=', True) & Domain('aftersales_outlet_ids', '=', False)))
        return Domain('user_id', 'in', people.ids)

    @api.model
    def _get_holder_ids(self):
        return [user.id for [user] in self._read_group([('user_id', '!=', False)], ['user_id'])]

    @api.model
    def _get_reader_fields(self):
        return super()._get_reader_fields() | {'keeper_id'}

    # === STEPS === #

    def action_issue(self):
        """Give the tools to the person that is named on each."""
        self._set_state('issued')

    def action_take_back(self):
        """Put the tools back into the store."""
        self._set_state('store')

    def action_write_off(self):
        """Note that the tools are lost or scrapped."""
        self._set_state('gone')

    def _ensure_issued(self):
        self._refuse_where(
            lambda tool: not tool.receiver_id, self.env._("Say first to whom it is issued"))
        self._refuse_where(
            lambda tool: not tool.receiver_id.sudo().active,
            self.env._("The person does not work here any more: choose another one"))
        self._refuse_where(
            'is_uncalibrated',
            self.env._("The calibration is over or missing: have it calibrated, enter the day, "
                       "and issue it then"))

    def _ensure_gone(self):
        self._refuse_where(
            lambda tool: not (tool.gone_reason or '').strip(),
            self.env._("Write what became of it first"))

    def _on_issued(self):
        self.env['aftersales.tool.issue'].create([{
            'tool_id': tool.id, 'user_id': tool.receiver_id.id, 'date_issued': tool.date_issued,
            'issuer_id': self.env.uid} for tool in self])
        for tool in self:
            tool.write({'user_id': tool.receiver_id.id, 'receiver_id': False})

    def _on_store(self):
        self._end_issues()

    def _on_gone(self):
        self._end_issues()

    def _end_issues(self):
        """Note that the tools are back or gone: the keeper need not ask for them."""
        issues = self.issue_ids.filtered(lambda issue: not issue.date_returned)
        issues.date_returned = fields.Datetime.now()
        issues.flush_recordset(['date_returned'])  # the tool is free for another person at once
        self.user_id = False
        self.activity_unlink(['aftersales_training.mail_activity_type_tool_return'])

    def write(self, vals):
        result = super().write(vals)
        if vals.get('date_calibrated'):
            # who wrote the day may end what asked for it
            self.sudo().activity_unlink(
                ['aftersales_training.mail_activity_type_tool_calibration'])
        return result

    # === ALERTS === #

    @api.model
    def _cron_alert(self):
        """Ask the keepers for what ends soon, and for what people who left still have."""
        ending = Domain.OR(
            Domain('company_id', '=', company.id) & Domain(
                'calibration_date', '<=', fields.Date.add(
                    fields.Date.context_today(self), days=company.aftersales_calibration_days))
            for company in self.env['res.company'].search([]))
        self.search(
            Domain('state', '!=', 'gone') & Domain('calibration_months', '>', 0)
            & (Domain('calibration_date', '=', False) | ending)
        )._ask_keepers(
            'mail_activity_type_tool_calibration', lambda tool: tool.calibration_date)
        self.search([('has_holder_left', '=', True)])._ask_back()

    def _ask_back(self):
        """Ask the keepers to collect the tools; each is asked for once.

        Hook to call: by what notes that people leave, as superuser, for a batch. Raises nothing.
        """
        self._ask_keepers('mail_activity_type_tool_return', lambda tool: False)

    def _ask_keepers(self, kind, get_day):
        name = f'aftersales_training.{kind}'
        asked = self.activity_search([name]).mapped('res_id')
        for tool in self.filtered(lambda tool: tool.id not in asked):
            tool.activity_schedule(
                name, get_day(tool) or fields.Date.context_today(tool),
                user_id=tool.keeper_id.id)

    # === PAPERS AND PHONE === #

    def _group_by_holder(self):
        """Return ``[(holder, tools)]`` for the printed list; what is in the store comes last."""
        groups = self.sorted('code').grouped('user_id')
        # the list names people, of whom the reader of the tools need not read more
        return sorted(groups.items(), key=lambda pair: (not pair[0], pair[0].sudo().name or ''))

    def _prepare_mobile_tool(self):
        """Return what the phone of the holder shows."""
        self.ensure_one()
        issue = self.issue_ids.filtered(lambda issue: not issue.date_returned)[:1]
        return {
            'res_model': issue._name, 'res_id': issue.id, 'name': self.display_name,
            'serial': self.serial or "",
            'calibrate_until': format_date(self.env, self.calibration_date) or "",
            'is_uncalibrated': self.is_uncalibrated,
            'is_confirmed': bool(issue.date_confirmed),
        }
