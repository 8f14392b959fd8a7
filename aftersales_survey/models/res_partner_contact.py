from odoo import fields, models

from .roles import SPEAKS_WITH_CUSTOMERS

# purpose of a contact -> field of the customer that allows it, and the value that does
CONSENTS = {
    'care': ('aftersales_care_refused', False), 'greeting': ('aftersales_greeting_consent', True),
    'offer': ('aftersales_offer_consent', True)}


class ResPartner(models.Model):
    """What a customer agreed to hear, purpose by purpose; and who volunteers as an informant."""

    _inherit = 'res.partner'

    aftersales_birthday = fields.Date(
        string="Birthday", copy=False, groups=SPEAKS_WITH_CUSTOMERS,
        help="Given by the customer for greetings.")
    aftersales_greeting_consent = fields.Boolean(
        string="Agrees to Greetings", copy=False, groups=SPEAKS_WITH_CUSTOMERS, tracking=True,
        help="Greetings on birthdays and holidays are advertising: tick it when the customer "
             "agreed. Each message carries a link to take it back.")
    aftersales_offer_consent = fields.Boolean(
        string="Agrees to Offers", copy=False, groups=SPEAKS_WITH_CUSTOMERS, tracking=True,
        help="Offers such as a longer warranty are advertising: tick it when the customer agreed. "
             "Each message carries a link to take it back.")
    aftersales_care_refused = fields.Boolean(
        string="Wants No Care Contacts", copy=False, groups=SPEAKS_WITH_CUSTOMERS, tracking=True,
        help="No calls and messages after a sale; those about an order or a recall go on.")
    aftersales_informant_date = fields.Date(
        string="Informant Since", copy=False, groups=SPEAKS_WITH_CUSTOMERS, tracking=True,
        help="The day on which this person agreed to report from their area as a volunteer.")
    aftersales_informant_area = fields.Char(
        string="Informant's Area", copy=False, groups=SPEAKS_WITH_CUSTOMERS)
    aftersales_contact_ids = fields.One2many(
        'aftersales.contact', 'partner_id', string="Contacts after a Sale", readonly=True,
        groups=SPEAKS_WITH_CUSTOMERS)
