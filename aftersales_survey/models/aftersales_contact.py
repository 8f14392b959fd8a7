import secrets

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.aftersales_service.tools.words import is_token

from .res_partner import CONSENTS

ACTIVITY_TYPE = 'aftersales_survey.mail_activity_contact'


class AftersalesContact(models.Model):
    """One contact that a plan made: whom, about which units, on which occasion, and the result.

    Its key opens the page on which the customer ends contacts of this purpose.
    """

    _name = 'aftersales.contact'
    _description = "Contact after a Sale"
    _inherit = [
        'aftersales.state.mixin', 'mail.thread', 'mail.activity.mixin', 'aftersales.notify.mixin',
        'aftersales.erasure.mixin', 'aftersales.protected.mixin']
    _order = 'date desc, id desc'
    _is_visited_by_customers = True
    _rec_name = 'partner_id'

    _TRANSITIONS = {'done': {'open', 'sent'}, 'skipped': {'open'}}
    _STAMPS = {'done': 'date_done'}
    _ACTORS = {'done': 'user_id'}

    plan_id = fields.Many2one(
        'aftersales.contact.plan', required=True, index=True, ondelete='restrict',
        protected='after')
    company_id = fields.Many2one('res.company', required=True, index=True, protected='after')
    partner_id = fields.Many2one(
        'res.partner', string="Customer", required=True, index=True, ondelete='cascade',
        protected='after')
    phone = fields.Char(related='partner_id.phone')
    warranty_ids = fields.Many2many(
        'aftersales.warranty', 'aftersales_contact_warranty_rel', 'contact_id', 'warranty_id',
        string="Warranty Cards", readonly=True, copy=False, protected=True)
    units = fields.Text(compute='_compute_units', compute_sudo=True)
    occasion = fields.Char(
        required=True, protected='after', help="Distinguishes two occasions of one customer.")
    date = fields.Date(string="Due on", required=True, protected='after')
    state = fields.Selection(
        [('open', "To Do"), ('sent', "Message Sent"), ('done', "Done"), ('skipped', "Left Out")],
        default='open', required=True, readonly=True, index=True, copy=False, protected=True)
    script = fields.Text(related='plan_id.script')
    note = fields.Text(string="Result", copy=False)
    user_id = fields.Many2one(
        'res.users', string="Done by", readonly=True, copy=False, protected=True)
    date_done = fields.Datetime(string="Done on", readonly=True, copy=False, protected=True)
    access_token = fields.Char(
        string="Key", default=lambda self: secrets.token_urlsafe(24), required=True, copy=False,
        readonly=True, protected=True, groups='base.group_system')

    _occasion_uniq = models.Constraint(
        'UNIQUE(plan_id, partner_id, occasion)', "This contact was made already.")

    @api.depends('warranty_ids')
    def _compute_units(self):
        """Name the units: who calls need not read warranty cards."""
        for contact in self:
            contact.units = "\n".join(contact.warranty_ids.mapped('display_name'))

    # === ACTIONS === #

    def action_done(self):
        """Note that the customers were contacted."""
        self._set_state('done')

    def action_skip(self):
        """Leave the contacts out."""
        self._set_state('skipped')

    # === RULES === #

    def _on_state_changed(self, target):
        super()._on_state_changed(target)
        self.activity_feedback([ACTIVITY_TYPE])

    def _ensure_skipped(self):
        self._refuse_where(
            lambda contact: not (contact.note or '').strip(),
            self.env._("Write down why these customers are not contacted"))

    def _is_allowed(self):
        """Return whether the customer still agrees to contacts of this purpose."""
        self.ensure_one()
        name, value = CONSENTS[self.plan_id.purpose]
        return self.partner_id[name] == value

    def _unsubscribe(self):
        """End contacts of this purpose for these customers; their other consents stay.

        Called by the public page, as superuser, after the key was compared.
        """
        for contact in self:
            name, value = CONSENTS[contact.plan_id.purpose]
            contact.partner_id[name] = not value
            open_ones = contact.partner_id.aftersales_contact_ids.filtered(
                lambda other, purpose=contact.plan_id.purpose: (
                    other.state == 'open' and other.plan_id.purpose == purpose))
            open_ones.note = self.env._("The customer ended contacts of this kind.")
            open_ones._set_state('skipped')

    @api.model
    def _find_by_key(self, contact_id, key):
        """Return the contact of a public page as superuser, none where the key is not its own."""
        # the key is compared here; the page shows nothing of the customer
        contact = self.sudo().browse(contact_id).exists()
        return contact if is_token(key, contact.access_token) else self.sudo().browse()

    def _get_unsubscribe_url(self):
        """Return the address at which the customer ends contacts of this purpose."""
        self.ensure_one()
        return f'{self.get_base_url()}/contact/{self.id}/{self.sudo().access_token}'

    # === NOTIFICATIONS === #

    @api.model
    def _get_notification_events(self):
        return super()._get_notification_events() | {'contact'}

    def _is_message_needed(self, event):
        """Drop what the customer does not want to hear any more."""
        return super()._is_message_needed(event) and self._is_allowed()

    def _prepare_message_parameters(self, lang):
        return super()._prepare_message_parameters(lang) | {
            'plan': self.plan_id.with_context(lang=lang).name,
            'text': self.plan_id.with_context(lang=lang).message or ""}

    def _prepare_message_links(self, lang):
        return super()._prepare_message_links(lang) | {'unsubscribe': self._get_unsubscribe_url()}

    # === PRIVACY === #

    @api.model
    def _get_finished_domain(self, moment):
        return Domain('state', 'in', ('done', 'skipped')) & Domain('write_date', '<=', moment)

    def _get_personal_text_fields(self):
        return (*super()._get_personal_text_fields(), 'note')
