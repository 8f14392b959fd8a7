from uuid import uuid4

from odoo import api, models


class AftersalesChannelDummy(models.AbstractModel):
    """A provider for trials and tests: nothing leaves, the log of messages shows it all."""

    _name = 'aftersales.channel.dummy'
    _description = "Provider for Trials"
    _inherit = ['aftersales.provider']

    @api.model
    def _send(self, template, parameters, phone):
        return uuid4().hex
