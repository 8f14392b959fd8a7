from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..base.roles import TEAM_LEAD

# what the delivery said of a unit, and what dates its terms and prices its remedies
DELIVERED_FACTS = frozenset({
    'product_id', 'lot_id', 'serial', 'policy_id', 'delivery_date', 'invoice_date',
    'installation_date', 'manufacture_date', 'activation_date', 'date_end_known',
    'price', 'is_distance_sale'})
# a number that stock does not track is read on the unit itself, once
_READ_ON_UNIT = frozenset({'lot_id', 'serial'})


class AftersalesWarranty(models.Model):
    """A card that came with a delivery keeps its facts: team leads correct them and say why."""

    _inherit = 'aftersales.warranty'

    product_id = fields.Many2one(tracking=True)
    lot_id = fields.Many2one(tracking=True)
    serial = fields.Char(tracking=True)
    is_delivered = fields.Boolean(
        string="Made by a Delivery", compute='_compute_is_delivered',
        help="A delivery or an exchange made the card: its facts are corrected by team leads.")
    are_facts_kept = fields.Boolean(compute='_compute_is_delivered')
    correction_reason = fields.Char(
        string="Reason for Correction", compute='_compute_correction_reason',
        inverse='_inverse_correction_reason', groups='base.group_user',
        help="Why facts of the delivery are corrected; the history of the card keeps it.")

    @api.depends('move_id', 'sale_line_id', 'replaces_id')
    @api.depends_context('uid')
    def _compute_is_delivered(self):
        is_lead = self.env.user.has_group(TEAM_LEAD)
        for card in self:
            # which document made the card is no secret to its readers
            origin = card.sudo()
            card.is_delivered = bool(origin.move_id or origin.sale_line_id or origin.replaces_id)
            card.are_facts_kept = card.is_delivered and not is_lead

    def _compute_correction_reason(self):
        self.correction_reason = False

    def _inverse_correction_reason(self):
        for card in self.filtered('correction_reason'):
            # write checked the right to change the card
            card.sudo()._message_log(body=self.env._(
                "Corrected: %(reason)s", reason=card.correction_reason))
        # each correction has a reason of its own
        self.invalidate_recordset(['correction_reason'])

    # === RULES === #

    def _ensure_may_change(self, vals):
        """Leave the facts of a delivery to team leads, who say why they correct them."""
        result = super()._ensure_may_change(vals)
        names = vals.keys() & DELIVERED_FACTS
        for card in self.filtered('is_delivered') if names else ():
            changed = sorted(name for name in names if card._is_corrected(name, vals[name]))
            if not changed:
                continue
            self.check_access('write')  # before a sentence that names the card
            labels = [self._fields[name]._description_string(self.env) for name in changed]
            if not self.env.user.has_group(TEAM_LEAD):
                raise AccessError(self.env._(
                    "A delivery made %(card)s, so that its facts stay: %(fields)s. Ask a team "
                    "lead to correct them.", card=card.name, fields=labels))
            if not (vals.get('correction_reason') or '').strip():
                raise UserError(self.env._(
                    "A delivery made %(card)s: enter the reason for correction as well when you "
                    "change %(fields)s.", card=card.name, fields=labels))
        return result

    def _is_corrected(self, name, value):
        """Return whether ``value`` is another one than the delivery's; forms send all of them."""
        self.ensure_one()
        field, known = self._fields[name], self[name]
        if name in _READ_ON_UNIT and not known:
            return False
        if field.type == 'many2one':
            return known.id != value
        if field.type == 'date':
            return known != (fields.Date.to_date(value) or False)
        return (known or False) != (value or False)
