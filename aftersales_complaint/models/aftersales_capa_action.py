from odoo import api, fields, models
from odoo.exceptions import AccessError

ACTIVITY_TYPE = 'mail.mail_activity_data_warning'
DISCIPLINES = [
    ('d3', "D3 Containment"), ('d5', "D5 Corrective Action"), ('d7', "D7 Prevention")]


class AftersalesCapaAction(models.Model):
    """One thing to do for a corrective action: who, until when, and what proves it was done."""

    _name = 'aftersales.capa.action'
    _description = "Action of a Corrective Action"
    _inherit = ['aftersales.guard.mixin', 'aftersales.protected.mixin']
    _order = 'capa_id, discipline, date_due, id'
    _check_company_auto = True

    capa_id = fields.Many2one(
        'aftersales.capa', string="Corrective Action", required=True, index=True,
        ondelete='cascade', protected='after', link_access='read')
    company_id = fields.Many2one(
        related='capa_id.company_id', store=True, precompute=True, index=True)
    capa_subject = fields.Char(related='capa_id.subject', string="Subject")
    discipline = fields.Selection(
        DISCIPLINES, string="8D Step", required=True, default='d5')
    name = fields.Char(string="Action", required=True)
    user_id = fields.Many2one(
        'res.users', string="Owner", required=True, index=True,
        default=lambda self: self.env.user, domain=[('share', '=', False)])
    date_due = fields.Date(string="Due on", required=True, default=fields.Date.context_today)
    evidence = fields.Text(copy=False, help="What proves that it was done.")
    date_done = fields.Date(string="Done on", readonly=True, copy=False, protected=True)
    done_by_id = fields.Many2one(
        'res.users', string="Done by", readonly=True, copy=False, protected=True)

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        if not self.env.su:
            actions.capa_id.check_access('write')  # not every reader adds work to it
        actions._ensure_open()
        actions.sudo().filtered(  # the right to the action above was checked
            lambda action: action.capa_id.state == 'running')._plan()
        return actions

    def write(self, vals):
        """Who takes an action reads the whole; who gives it up reads it no more."""
        if 'user_id' not in vals:
            return super().write(vals)
        # the right to the action is asked by the write
        with self.sudo().capa_id._revoke_after({'action_ids'}):
            return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        self._ensure_open()
        self._refuse_where('date_done', self._get_locked_message())

    # === ACTIONS === #

    def action_done(self):
        """Note that the actions were taken; each needs its evidence."""
        self.check_access('write')
        self._ensure_open()
        self._refuse_where(
            lambda action: action.capa_id.sudo().state != 'running',
            self.env._("Start the corrective action first"))
        self._refuse_where(
            lambda action: not (action.evidence or '').strip(),
            self.env._("Enter what proves that it was done first"))
        # the right to the action was checked above; the stamps are protected
        done = self.sudo().filtered(lambda action: not action.date_done)
        done.write({
            'date_done': fields.Date.context_today(self), 'done_by_id': self.env.uid})
        for action in done:
            action.capa_id.activity_ids.filtered(
                lambda activity, action=action: activity.user_id == action.user_id
                and activity.summary == action.name).action_feedback()

    def _plan(self):
        """Give the open actions to their owners, as activities; called as superuser."""
        for action in self.filtered(lambda action: not action.date_done):
            if action.user_id != action.capa_id.user_id:
                action.capa_id.activity_schedule(
                    ACTIVITY_TYPE, action.date_due, summary=action.name,
                    user_id=action.user_id.id)

    # === WHO CHANGES WHAT === #

    def _ensure_open(self):
        if not self.env.su:
            # whether the action above goes on is all that is read of it
            self._refuse_where(
                lambda action: action.sudo().capa_id.state in ('done', 'closed', 'cancelled'),
                self._get_locked_message())

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        if self.date_done or self.sudo().capa_id.state in ('done', 'closed', 'cancelled'):
            return self._get_all_but()
        return locked

    def _get_locked_message(self):
        return self.env._("These actions are done and stay as they are")

    def _ensure_may_change(self, vals):
        """Let the owner of an action only prove it; the rest is the desk's or the 8D owner's."""
        result = super()._ensure_may_change(vals)
        user = self.env.user
        if vals.keys() - {'evidence'} and not user._is_of_complaint_desk() and any(
                action.sudo().capa_id.user_id != user for action in self):
            raise AccessError(self.env._(
                "You can enter the evidence of your action; the owner of the corrective action "
                "changes the rest."))
        return result
