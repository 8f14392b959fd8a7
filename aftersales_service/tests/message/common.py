from unittest.mock import patch

from ..common import AftersalesCommon


class MessageCommon(AftersalesCommon):
    """Notifications by the provider for trials, and what it was handed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['aftersales.notifier'].search([]).active = False
        cls.env.company.write({'aftersales_quiet_start': 0, 'aftersales_quiet_end': 0})
        cls.handed = []

    @classmethod
    def _switch_on(cls, event, channel='dummy', **values):
        return cls.env['aftersales.notifier'].create({
            'event': event, 'channel': channel, 'provider_template': f'T-{event}', **values})

    def _send_due(self):
        """Run the cron; keep what the provider is handed."""
        with self._catch(), self.enter_registry_test_mode():
            self.env.ref(
                'aftersales_service.ir_cron_aftersales_message').sudo().method_direct_trigger()
        self.env.invalidate_all()

    def _catch(self, refusal=None):
        """Let the provider take messages, or refuse them with an exception."""
        def _send(provider, template, parameters, phone):
            if refusal:
                raise refusal
            self.handed.append((template, parameters, phone))
            return f'R-{len(self.handed)}'
        self.handed = []
        return patch.object(type(self.env['aftersales.channel.dummy']), '_send', _send)
