from odoo import api, fields, models
from odoo.tools import format_date


class AftersalesWarranty(models.Model):
    """What the owner of a unit hears of its warranty: that it ends soon."""

    _name = 'aftersales.warranty'
    _inherit = ['aftersales.warranty', 'aftersales.notify.mixin']

    @api.model
    def _get_notification_events(self):
        return super()._get_notification_events() | {'expiring'}

    def _get_occasion(self, event):
        """Notify of each end once: it may move and come again."""
        return fields.Date.to_string(self.date_end) if event == 'expiring' else (
            super()._get_occasion(event))

    def _is_message_needed(self, event):
        """Drop the reminder once the end has moved away."""
        if event != 'expiring':
            return super()._is_message_needed(event)
        today = self.company_id._get_aftersales_day(fields.Datetime.now())
        return self.state == 'covered' and self.date_end <= fields.Date.add(
            today, days=self.company_id.aftersales_expiry_days)

    def _prepare_message_parameters(self, lang):
        return super()._prepare_message_parameters(lang) | {
            'card': self.name,
            'product': self.product_id.display_name,
            'end': format_date(self.env, self.date_end, lang_code=lang),
        }

    def _prepare_message_links(self, lang):
        return super()._prepare_message_links(lang) | {'link': self._get_qr_address()}
