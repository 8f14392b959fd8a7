from odoo import api, fields, models
from odoo.exceptions import AccessError


class AftersalesLiaison(models.Model):
    """A written question of the service desk to another department, and its reply.

    The addressee needs no after-sales role: they see the slips sent to them and answer them.
    """

    _name = 'aftersales.liaison'
    _description = "Liaison Slip"
    _inherit = [
        'aftersales.order.paper.mixin', 'aftersales.state.mixin', 'mail.thread',
        'mail.activity.mixin', 'aftersales.legal.hold.part.mixin', 'aftersales.number.mixin',
        'aftersales.revocation.mixin']
    _hold_field = 'order_id'
    _order_flag = 'has_liaison'
    _order = 'id desc'
    _rec_names_search = ['name', 'subject']
    _check_company_auto = True

    _TRANSITIONS = {'sent': {'draft'}, 'draft': {'sent'}, 'answered': {'sent'}}
    _STAMPS = {'sent': 'date_sent', 'answered': 'date_answered'}

    name = fields.Char(string="Number", readonly=True, copy=False, index='trigram', protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', check_company=True,
        link_access='read')
    order_name = fields.Char(related='order_id.name', string="Order Number")
    user_id = fields.Many2one(
        'res.users', string="Sender", required=True, default=lambda self: self.env.user,
        domain=[('share', '=', False)])
    department = fields.Char(string="To Department", required=True)
    addressee_id = fields.Many2one(
        'res.users', string="To", required=True, index=True, tracking=True,
        domain=[('share', '=', False)])
    subject = fields.Char(required=True)
    content = fields.Text(required=True)
    needed_date = fields.Date(
        string="Reply Needed by",
        help="The addressee's activity is due on this day; empty means today.")
    reply = fields.Text(copy=False)
    date_sent = fields.Datetime(string="Sent on", readonly=True, copy=False, protected=True)
    date_answered = fields.Datetime(string="Answered on", readonly=True, copy=False, protected=True)
    state = fields.Selection(
        [('draft', "Draft"), ('sent', "Sent"), ('answered', "Answered")],
        default='draft', required=True, readonly=True, copy=False, index=True, tracking=True,
        protected=True)

    _name_company_uniq = models.Constraint(
        'UNIQUE(name, company_id)', "The number of a liaison slip must be unique per company.")

    @api.depends('name', 'subject')
    def _compute_display_name(self):
        for slip in self:
            slip.display_name = " · ".join(filter(None, [slip.name, slip.subject]))

    # === WHO READS === #

    @api.model
    def _get_reader_fields(self):
        return super()._get_reader_fields() | {'addressee_id'}

    # === ACTIONS === #

    def action_send(self):
        """Send the slips: each addressee gets an activity."""
        self._set_state('sent')

    def action_answer(self):
        """Return the replies to those who asked."""
        self._set_state('answered')

    def action_withdraw(self):
        """Take sent slips back to correct them."""
        self._set_state('draft')

    # === RULES === #

    @api.model
    def _get_slip_fields(self):
        """Return the fields that make up the question: only a draft changes in them."""
        return {'company_id', 'order_id', 'user_id', 'department', 'addressee_id',
                'subject', 'content', 'needed_date'}

    def _ensure_may_change(self, vals):
        """Let other departments only answer, and keep what was sent as it was."""
        if vals.keys() & self._get_slip_fields():
            self._ensure_may_ask()
        return super()._ensure_may_change(vals)

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        if self.state == 'answered':
            locked |= {'reply'}
        return locked if self.state == 'draft' else locked | self._get_slip_fields()

    def _get_locked_message(self):
        if 'answered' in self.mapped('state'):
            return self.env._(
                "A liaison slip that was answered stays as it is, with its reply; send a new one")
        return self.env._("A liaison slip that was sent stays as it is; withdraw it first")

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        if target != 'answered':
            self._ensure_may_ask()
        return result

    def _ensure_may_ask(self):
        if not self.env.user.has_group('aftersales_service.group_aftersales_agent'):
            raise AccessError(self.env._("You can answer this liaison slip, not change it."))

    def _ensure_answered(self):
        self._refuse_where(
            lambda slip: not (slip.reply or '').strip(), self.env._("Write the reply first"))

    def _prepare_state_vals(self, target, moment):
        vals = super()._prepare_state_vals(target, moment)
        return {**vals, 'date_sent': False} if target == 'draft' else vals

    def _on_sent(self):
        """Show the addressees that a question waits."""
        for slip in self:
            slip.activity_schedule(
                'mail.mail_activity_data_todo', slip.needed_date,
                summary=slip.subject, user_id=slip.addressee_id.id)

    def _on_draft(self):
        self.activity_unlink(['mail.mail_activity_data_todo'])

    def _on_answered(self):
        """Send the replies to those who asked."""
        self.activity_feedback(['mail.mail_activity_data_todo'])
        for slip in self:
            slip.message_post(
                body=slip.reply, partner_ids=slip.user_id.partner_id.ids,
                message_type='comment', subtype_xmlid='mail.mt_comment')

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._(
            "Liaison Slip %(name)s", name=(self.name or '').replace('/', '-'))
