import binascii

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route

from ..tools.words import read_form, read_words
from .form import create_form_key, send_once
from .portal import AftersalesPortal

NAME_LENGTH = 100


class AftersalesPortalRequest(AftersalesPortal):
    """What the customer asks for: a new order, a reminder, a cancellation, their signature."""

    @route('/my/service/new', type='http', auth='user', website=True, methods=['GET', 'POST'])
    def portal_new_service_order(self, **values):
        error, partner = None, request.env.user.partner_id
        orders = request.env['aftersales.order']
        if request.httprequest.method == 'POST':
            try:
                with request.env.cr.savepoint():
                    order = send_once(values, lambda answers, photos: orders._create_from_portal(
                        partner, answers, photos))
                return request.redirect(order.get_portal_url(
                    query_string='&notice=second' if order._get_other_open_orders() else None))
            except UserError as refusal:
                error = refusal.args[0]
        card = orders._find_portal_card(partner, read_form(values))
        return request.render('aftersales_service.portal_new_service_order', {
            **self._prepare_portal_layout_values(), 'page_name': 'service_new',
            'values': values, 'error': error, 'card': card, 'form_key': create_form_key(),
            'open_orders': orders._find_open_of_card(partner, card),
            'choices': orders._get_portal_choices(partner)})

    @route('/my/service/<int:order_id>/remind', type='http', auth='public', website=True,
           methods=['POST'])
    def portal_remind(self, order_id, access_token=None, **kwargs):
        return self._act(
            order_id, access_token, 'reminded', lambda order: order._remind_from_portal())

    @route('/my/service/<int:order_id>/cancel', type='http', auth='public', website=True,
           methods=['POST'])
    def portal_cancel(self, order_id, access_token=None, reason='', **kwargs):
        return self._act(
            order_id, access_token, 'cancelled',
            lambda order, reason: order._cancel_from_portal(reason), reason=reason)

    @route('/my/service/<int:order_id>/rate', type='http', auth='public', website=True,
           methods=['POST'])
    def portal_rate(self, order_id, access_token=None, rate=None, words='', **kwargs):
        return self._act(
            order_id, access_token, 'rated',
            lambda order, rate, words: order._rate_from_portal(rate, words),
            rate=rate, words=words)

    @route('/my/service/<int:order_id>/sign', type='jsonrpc', auth='public', website=True)
    def portal_sign(self, order_id, access_token=None, name=None, signature=None):
        """Take the signature that core's form sends: the key stands in the address alone."""
        access_token = access_token or request.httprequest.args.get('access_token')
        try:
            order_sudo = self._check_is_customer('aftersales.order', order_id, access_token)
        except (AccessError, MissingError):
            return {'error': request.env._("Invalid order.")}
        if not signature:
            return {'error': request.env._("Signature is missing.")}
        try:
            with request.env.cr.savepoint():
                order_sudo._sign_from_portal(read_words(name)[:NAME_LENGTH], signature)
        except (UserError, TypeError, binascii.Error) as refusal:
            return {'error': str(refusal)}
        return {'force_refresh': True, 'redirect_url': order_sudo.get_portal_url()}

    def _act(self, order_id, access_token, done, action, **answers):
        return self._act_as_customer(
            'aftersales.order', order_id, access_token, done, action, **answers)
