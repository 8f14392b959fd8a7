from odoo import api, models


class AftersalesChannelPager(models.AbstractModel):
    """A way of its own with an address of its own: pagers have numbers, no telephones."""

    _name = 'aftersales.channel.pager'
    _description = "Pager"
    _inherit = ['aftersales.provider']

    _address_key = 'pager'
    _is_disturbing = False

    @api.model
    def _send(self, template, parameters, phone):
        return f'PAGER-{phone}'
