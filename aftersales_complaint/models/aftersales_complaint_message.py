from odoo import api, models

from .aftersales_complaint import QUIET_KINDS

_EVENTS = {
    'informed': 'complaint_answered', 'unfounded': 'complaint_answered',
    'settled': 'complaint_settled'}


class AftersalesComplaint(models.Model):
    """What customers hear of their complaints without asking."""

    _name = 'aftersales.complaint'
    _inherit = ['aftersales.complaint', 'aftersales.notify.mixin']

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        quiet = cases.filtered(lambda case: case.kind in QUIET_KINDS)
        for event, noted in (
                ('complaint_received', cases - quiet), ('complaint_thanked', quiet)):
            if noted:
                noted._notify_customer(event)
        return cases

    def _on_state_changed(self, target):
        super()._on_state_changed(target)
        if target in _EVENTS:
            self._notify_customer(_EVENTS[target])

    @api.model
    def _get_notification_events(self):
        return super()._get_notification_events() | {
            'complaint_received', 'complaint_thanked', *_EVENTS.values()}

    def _get_occasion(self, event):
        moment = {'complaint_answered': 'date_answered',
                  'complaint_settled': 'date_settled'}.get(event)
        return str(self[moment]) if moment else super()._get_occasion(event)

    def _is_message_needed(self, event):
        """Drop news that the complaint has left behind, or the customer never began.

        Who rated low did not complain: “we received your complaint” would surprise them.
        """
        if self.state == 'merged' or (event == 'complaint_received' and (
                self.date_answered or self.channel == 'rating')):
            return False
        return super()._is_message_needed(event)

    def _get_notification_recipient(self):
        recipient = super()._get_notification_recipient()
        recipient['phone'] = self.phone_sanitized or recipient['phone']
        return recipient

    def _prepare_message_parameters(self, lang):
        return super()._prepare_message_parameters(lang) | {
            'complaint': self.name, 'status': self._get_page_status(),
            'until': self._get_page_promise()}

    def _prepare_message_links(self, lang):
        return super()._prepare_message_links(lang) | {'link': self._get_customer_link()}
