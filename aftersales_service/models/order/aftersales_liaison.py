from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class AftersalesLiaison(models.Model):
    """A written question of the service desk to another department, and its reply.

    The addressee needs no after-sales role: he sees the slips sent to him and answers them.
    """

    _name = 'aftersales.liaison'
    _description = "Liaison Slip"
    _inherit = [
        'aftersales.state.mixin', 'mail.thread', 'mail.activity.mixin', 'aftersales.number.mixin']
    _order = 'id desc'
    _rec_names_search = ['name', 'subject']
    _check_company_auto = True

    _TRANSITIONS = {'sent': {'draft'}, 'draft': {'sent'}, 'answered': {'sent'}}

    name = fields.Char(string="Number", readonly=True, copy=False, index='trigram', protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', check_company=True)
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
        default='draft', required=True, copy=False, index=True, tracking=True)

    _name_company_uniq = models.Constraint(
        'UNIQUE(name, company_id)', "The number of a liaison slip must be unique per company.")

    @api.depends('name', 'subject')
    def _compute_display_name(self):
        for slip in self:
            slip.display_name = " · ".join(filter(None, [slip.name, slip.subject]))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        slips = super().create(vals_list)
        if any(slip.state != 'draft' for slip in slips):
            raise UserError(self.env._("A new liaison slip is a draft; send it afterwards."))
        return slips

    def write(self, vals):
        self._ensure_may_change(vals)
        target = vals.get('state')
        moved = self.filtered(lambda slip: target and slip.state != target)
        moved._ensure_reachable(target)
        if target == 'answered':
            moved._ensure_replied(vals)
        result = super().write(vals)
        # the step was allowed and written above
        super(AftersalesLiaison, moved.sudo()).write(moved._prepare_state_vals(target))
        moved._on_state_changed(target)
        return result

    # === ACTIONS === #

    def action_send(self):
        """Send the slips: each addressee gets an activity."""
        self.write({'state': 'sent'})

    def action_answer(self):
        """Return the replies to those who asked."""
        self.write({'state': 'answered'})

    def action_withdraw(self):
        """Take sent slips back to correct them."""
        self.write({'state': 'draft'})

    # === RULES === #

    @api.model
    def _get_question_fields(self):
        """Return the fields that make up the question: only a draft changes in them."""
        return {'company_id', 'order_id', 'user_id', 'department', 'addressee_id',
                'subject', 'content', 'needed_date'}

    def _ensure_may_change(self, vals):
        """Keep what was sent as it was, and let other departments only answer."""
        is_question = not vals.keys().isdisjoint(self._get_question_fields())
        is_askers = is_question or vals.get('state') in ('draft', 'sent')
        if is_askers and not self.env.su and not self.env.user.has_group(
                'aftersales_service.group_aftersales_agent'):
            raise AccessError(self.env._("You can answer this liaison slip, not change it."))
        sent = self.filtered(lambda slip: slip.state != 'draft')
        if is_question and sent:
            raise UserError(self.env._(
                "A liaison slip that was sent stays as it is; withdraw it first: %(slips)s",
                slips=sent.mapped('name')))

    def _ensure_replied(self, vals):
        silent = self.filtered(lambda slip: not (vals.get('reply', slip.reply) or '').strip())
        if silent:
            raise UserError(self.env._(
                "Write the reply first: %(slips)s", slips=silent.mapped('name')))

    def _prepare_state_vals(self, target):
        """Return the values that entering ``target`` stamps on the slips."""
        if not self:
            return {}
        now = fields.Datetime.now()
        return {
            'draft': {'date_sent': False},
            'sent': {'date_sent': now},
            'answered': {'date_answered': now},
        }[target]

    def _on_state_changed(self, target):
        """Tell the addressee that a question waits, or the asker that it is answered."""
        if target == 'sent':
            for slip in self:
                slip.activity_schedule(
                    'mail.mail_activity_data_todo', slip.needed_date,
                    summary=slip.subject, user_id=slip.addressee_id.id)
        elif target == 'draft':
            self.activity_unlink(['mail.mail_activity_data_todo'])
        elif target == 'answered':
            self.activity_feedback(['mail.mail_activity_data_todo'])
            for slip in self:
                slip.message_post(
                    body=slip.reply, partner_ids=slip.user_id.partner_id.ids,
                    message_type='comment', subtype_xmlid='mail.mt_comment')

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._(
            "Liaison Slip %(name)s", name=(self.name or '').replace('/', '-'))
