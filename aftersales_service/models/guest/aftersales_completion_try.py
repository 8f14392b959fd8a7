from odoo import fields, models


class AftersalesCompletionTry(models.Model):
    """Guesses at the codes of guests, and codes that left for them."""

    _inherit = 'aftersales.completion.try'

    kind = fields.Selection(
        selection_add=[('guest_guess', "Guess of a Guest"), ('guest_send', "Code Sent to a Guest")],
        ondelete={'guest_guess': 'cascade', 'guest_send': 'cascade'})
