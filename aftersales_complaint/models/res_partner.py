from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

AGENT = 'aftersales_service.group_aftersales_agent'
# written by the steps below only
STAMPS = frozenset({
    'aftersales_special_user_id', 'aftersales_special_confirmer_id',
    'date_aftersales_special'})
FACTS = frozenset({'aftersales_special_facts', 'aftersales_special_until'})


class ResPartner(models.Model):
    """A customer with complaints, those of the contacts included; some are special customers.

    A special customer is known by facts that two persons confirm, for a limited time. The flag
    tells colleagues what to prepare for. No rule, term, remedy or clock reads it.
    """

    _name = 'res.partner'
    _inherit = ['res.partner', 'aftersales.complaint.button.mixin']

    _complaint_link = 'partner_id'

    aftersales_special_facts = fields.Text(
        string="Facts of the Special Customer", copy=False, groups=AGENT,
        help="What happened, with day and document. The customer may ask to read it.")
    aftersales_special_until = fields.Date(
        string="Special until", copy=False, groups=AGENT,
        help="The flag ends by itself on this day.")
    aftersales_special_user_id = fields.Many2one(
        'res.users', string="Proposed by", readonly=True, copy=False, groups=AGENT)
    aftersales_special_confirmer_id = fields.Many2one(
        'res.users', string="Confirmed by", readonly=True, copy=False, groups=AGENT)
    date_aftersales_special = fields.Datetime(
        string="Confirmed on", readonly=True, copy=False, groups=AGENT)
    is_aftersales_special = fields.Boolean(
        string="Special Customer", compute='_compute_is_aftersales_special',
        search='_search_is_aftersales_special', groups=AGENT)

    def _compute_complaint_count(self):
        self._count_with_contacts({'aftersales.complaint': 'complaint_count'})

    @api.depends('date_aftersales_special', 'aftersales_special_until')
    def _compute_is_aftersales_special(self):
        today = fields.Date.context_today(self)
        for partner in self:
            partner.is_aftersales_special = bool(
                partner.date_aftersales_special and partner.aftersales_special_until
                and partner.aftersales_special_until >= today)

    def _search_is_aftersales_special(self, operator, value):
        if operator != 'in':
            return NotImplemented
        return Domain('date_aftersales_special', '!=', False) & Domain(
            'aftersales_special_until', '>=', fields.Date.context_today(self))

    @api.constrains('aftersales_special_until')
    def _check_aftersales_special_until(self):
        last = fields.Date.add(fields.Date.context_today(self), years=2)
        for partner in self.filtered('aftersales_special_until'):
            if partner.aftersales_special_until > last:
                raise ValidationError(self.env._(
                    "A customer is special for two years at most; the facts are looked at "
                    "again then."))

    # === ACTIONS === #

    def action_propose_aftersales_special(self):
        """Propose the flag, with facts and an end."""
        self._ensure_aftersales_agent()
        for partner in self:
            if not (partner.aftersales_special_facts or '').strip() or (
                    not partner.aftersales_special_until):
                raise UserError(self.env._(
                    "Write down the facts, and until when the customer is special."))
        self.sudo().write({  # _ensure_aftersales_agent checked the right
            'aftersales_special_user_id': self.env.uid, 'date_aftersales_special': False,
            'aftersales_special_confirmer_id': False})

    def action_confirm_aftersales_special(self):
        """Confirm the flag as a second person."""
        self._ensure_aftersales_agent()
        for partner in self.sudo():
            if not partner.aftersales_special_user_id:
                raise UserError(self.env._("The flag is not proposed yet."))
            company = partner.company_id or self.env.company
            if partner.aftersales_special_user_id == self.env.user and (
                    company._get_people_in(AGENT) - self.env.user):
                raise AccessError(self.env._(
                    "Another person confirms the flag: ask a colleague to read the facts."))
        self.sudo().write({  # _ensure_aftersales_agent checked the right
            'aftersales_special_confirmer_id': self.env.uid,
            'date_aftersales_special': fields.Datetime.now()})

    def action_end_aftersales_special(self):
        """Take the flag away, with its facts."""
        self._ensure_aftersales_agent()
        # _ensure_aftersales_agent checked the right
        self.sudo().write(dict.fromkeys(STAMPS | FACTS, False))

    def _ensure_aftersales_agent(self):
        self.check_access('write')
        if not self.env.su and not self.env.user.has_group(AGENT):
            raise AccessError(self.env._("Agents of the service flag special customers."))

    # === WHO WRITES WHAT === #

    def _has_field_access(self, field, operation):
        """Keep what was proposed: the steps above write the stamps, the facts stay.

        The second person confirms what the first one wrote: to correct it, end the proposal.
        """
        if operation == 'write' and not self.env.su and (field.name in STAMPS or (
                field.name in FACTS and self.sudo().aftersales_special_user_id)):
            return False
        return super()._has_field_access(field, operation)
