from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.sampling import draw
from ..base.roles import TEAM_LEAD

# what a team lead finds and charges
FINDING = frozenset({'audit_note', 'audit_amount'})


class AftersalesAppraisal(models.Model):
    """The audit of sheets that outlets issued alone: some are drawn and looked at again.

    Neither the customer nor a station reads which sheets are drawn and what was found.
    """

    _name = 'aftersales.appraisal'
    _inherit = ['aftersales.appraisal', 'aftersales.outlet.charge.mixin']

    audit_state = fields.Selection(
        [('passed_over', "Not Drawn"), ('drawn', "To Audit"), ('right', "Right"),
         ('wrong', "Wrong")], string="Audit", readonly=True, copy=False, index=True, protected=True,
        groups='base.group_user')
    auditor_id = fields.Many2one(
        'res.users', string="Audited by", readonly=True, copy=False, protected=True,
        groups='base.group_user')
    date_audited = fields.Datetime(
        string="Audited on", readonly=True, copy=False, protected=True, groups='base.group_user')
    audit_note = fields.Text(string="Audit Finding", copy=False, groups='base.group_user')
    audit_amount = fields.Monetary(
        string="Charged to the Outlet", copy=False,
        compute='_compute_audit_amount', store=True, readonly=False,
        help="What the wrong verdict cost; the outlet pays it with its settlement.",
        groups='base.group_user')
    charge_ids = fields.One2many(groups='base.group_user')

    @api.depends('audit_state')
    def _compute_audit_amount(self):
        for sheet in self:
            sheet.audit_amount = sheet.audit_amount or (
                sheet.refund + sheet.company_id.aftersales_wrong_appraisal_fee
                if sheet.audit_state == 'drawn' else 0.0)

    @api.model
    def _get_draw_domain(self):
        """Return the sheets whose lot is still to be drawn: issued by outlets alone."""
        return [('state', '=', 'issued'), ('approver_id', '=', False),
                ('outlet_id', '!=', False), ('audit_state', '=', False)]

    @api.model
    def _cron_draw_audit(self):
        """Draw the audits of each company's new sheets, by the share that it set."""
        sheets = self.search(self._get_draw_domain())
        for company, its in sheets.grouped('company_id').items():
            its._draw_audit(company.aftersales_audit_share)

    def action_draw_audit(self):
        """Draw the audits of all new sheets of the user's companies now."""
        self._ensure_may_audit()
        drawn = self.browse()
        sheets = self.search(self._get_draw_domain())
        for company, its in sheets.grouped('company_id').items():
            drawn |= its._draw_audit(company.aftersales_audit_share)
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_appraisal_action')
        action.update(
            domain=[('audit_state', '=', 'drawn')], context={}, name=self.env._("To Audit"))
        return action

    def _draw_audit(self, share, seed=None):
        """Draw ``share`` per cent of these sheets, and pass over the others; return the drawn.

        The numbers of the sheets are the seed: no user chooses it, every user can repeat it.
        """
        sheets = self.sorted('id')
        drawn = self.browse(draw(
            sheets.ids, share, seed or "|".join(sheets.mapped(lambda sheet: sheet.name or ''))))
        # the lot decides, called by the schedule or by a team lead
        drawn.sudo().audit_state = 'drawn'
        (self - drawn).sudo().audit_state = 'passed_over'
        return drawn

    def action_audit_right(self):
        """Find the verdicts of the drawn sheets right."""
        self._audit('right')

    def action_audit_wrong(self):
        """Find the verdicts wrong, and charge what they cost to the outlet."""
        self._ensure_may_audit()
        for sheet in self:
            if not (sheet.audit_note or '').strip():
                raise UserError(self.env._("Enter what is wrong before you charge it."))
            if sheet.audit_amount < 0:
                raise UserError(self.env._("A charge cannot be negative."))
        self._audit('wrong')
        self._charge_outlets('appraisal')

    def _prepare_outlet_charge_vals(self, kind):
        vals = super()._prepare_outlet_charge_vals(kind)
        if kind == 'appraisal':
            vals.update(
                outlet_id=self.outlet_id.id, amount=self.audit_amount, reason=self.env._(
                    "Wrong appraisal %(sheet)s: %(note)s", sheet=self.name,
                    note=self.audit_note))
        return vals

    def _audit(self, result):
        self._ensure_may_audit()
        for sheet in self:
            if sheet.audit_state != 'drawn':
                raise UserError(self.env._(
                    "Sheet %(sheet)s was not drawn or is audited already.", sheet=sheet.name))
            if self.env.user in sheet.issuer_id | sheet.user_id | sheet.create_uid:
                raise UserError(self.env._(
                    "You cannot audit %(sheet)s, which you wrote or issued: ask another team "
                    "lead to audit it.", sheet=sheet.name))
            # who works for an outlet is no secret to team leads
            outlet = sheet.sudo().outlet_id
            if self.env.user in (
                    outlet.member_ids | outlet.manager_id | outlet.parent_id.manager_id):
                raise UserError(self.env._(
                    "You cannot audit %(sheet)s of the outlet that you work for: ask another "
                    "team lead to audit it.", sheet=sheet.name))
        # _ensure_may_audit checked the right
        self.sudo().write({
            'audit_state': result, 'auditor_id': self.env.uid,
            'date_audited': fields.Datetime.now()})

    def _ensure_may_audit(self):
        self.check_access('write')
        if not self.env.su and not self.env.user.has_group(TEAM_LEAD):
            raise AccessError(self.env._(
                "Only team leads can audit appraisal sheets: ask one to audit it."))

    def _has_field_access(self, field, operation):
        """Leave the finding of an audit to team leads."""
        return super()._has_field_access(field, operation) and (
            operation != 'write' or field.name not in FINDING or self.env.su
            or self.env.user.has_group(TEAM_LEAD))

    def _check_field_access(self, field, operation):
        if operation == 'write' and field.name in FINDING and not self._has_field_access(
                field, operation):
            raise AccessError(self.env._(
                "Only team leads can audit appraisal sheets: ask one to audit it."))
        return super()._check_field_access(field, operation)

    def _get_locked_fields(self):
        """Let an auditor note the finding on an issued sheet."""
        return super()._get_locked_fields() - FINDING
