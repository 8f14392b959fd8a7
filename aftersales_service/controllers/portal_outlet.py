from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import pager

from ..tools.words import is_token
from .documents import DocumentPortal
from .form import is_id, read_answers, read_photos


class OutletPortal(DocumentPortal):
    """The pages of an outlet's people: its offers, its open orders and who does them."""

    # form -> named action of the order, which checks who may
    _OUTLET_ACTIONS = {
        'accept': lambda order, form: order.action_accept_offer(),
        'decline': lambda order, form: order.action_decline_offer(form.get('reason')),
        'take': lambda order, form: order.action_take(
            order._read_input_time(form.get('date_planned'))),
        'agree_time': lambda order, form: order.action_agree_time(
            order._read_input_time(form.get('date_planned')), form.get('reason')),
        'assign': lambda order, form: order.action_dispatch_to(
            _read_id(form.get('technician_id')),
            order._read_input_time(form.get('date_planned'))),
        'hand_over': lambda order, form: order.action_hand_over(
            form.get('reason'), _read_id(form.get('technician_id'))),
        'appraise': lambda order, form: order._appraise_for_outlet(form),
        'exclude': lambda order, form: order._propose_exclusion_for_outlet(
            _read_id(form.get('exclusion_id')), form.get('note'), read_photos()),
    }

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if {'outlet_offer_count', 'outlet_order_count'} & set(counters):
            counts = request.env['aftersales.order']._count_for_outlet()
            counts = {
                'outlet_offer_count': counts.get('offers', 0),
                'outlet_order_count': counts.get('waiting', 0) + counts.get('running', 0)}
            # core's page stumbles over a number that it did not ask for
            values |= {name: count for name, count in counts.items() if name in counters}
        return values

    def _document_check_access(self, model_name, document_id, access_token=None):
        """Keep the customer's page and its buttons for them: outlets have pages of their own."""
        if not is_id(document_id):
            raise MissingError(request.env._("This document does not exist."))
        if not is_token(access_token, access_token):
            access_token = None
        document_sudo = super()._document_check_access(model_name, document_id, access_token)
        user = request.env.user
        if (model_name == 'aftersales.order' and user._is_portal()
                and not document_sudo._is_customers(user)
                and not is_token(access_token, document_sudo.access_token)):
            raise AccessError(request.env._("These are not orders of your outlet."))
        return document_sudo

    @route(['/my/outlet', '/my/outlet/page/<int:page>'], type='http', auth='user', website=True)
    def portal_my_outlet(self, page=1, section=None, **kwargs):
        orders = request.env['aftersales.order']
        counts = orders._count_for_outlet()
        if not counts:
            raise request.not_found()
        if section not in counts:
            section = next((name for name, count in counts.items() if count), 'offers')
        page_info = pager(
            url='/my/outlet', url_args={'section': section}, page=page,
            step=self._items_per_page, total=counts[section])
        return request.render('aftersales_service.portal_my_outlet', self._prepare_outlet_values(
            section, counts=counts, pager=page_info, orders=orders._search_for_outlet(
                section, page_info['offset'], self._items_per_page)))

    @route('/my/outlet/<int:order_id>', type='http', auth='user', website=True)
    def portal_my_outlet_order(self, order_id, **kwargs):
        order_sudo = self._get_outlet_order(order_id)
        return request.render('aftersales_service.portal_my_outlet_order', {
            **self._prepare_portal_layout_values(),
            'page_name': 'outlet',
            'outlet_order': order_sudo,
            'refusal': request.session.pop('aftersales_refusal', None),
        })

    @route('/my/outlet/<int:order_id>/<string:action>', type='http', auth='user', website=True,
           methods=['POST'])
    def portal_outlet_act(self, order_id, action, **form):
        """Do one of the named actions; a refusal is shown on the page they came from."""
        order = self._get_outlet_order(order_id).sudo(False)
        if action not in self._OUTLET_ACTIONS:
            raise request.not_found()
        self._do_or_refuse(lambda: self._OUTLET_ACTIONS[action](order, read_answers(form)))
        try:
            order._ensure_serves()
        except AccessError:  # declined, or it went to somebody else meanwhile
            return request.redirect('/my/outlet')
        return request.redirect(f'/my/outlet/{order_id}')

    def _get_outlet_order(self, order_id):
        """Return an order of the user's outlet; a foreign one and none give no hint."""
        if not is_id(order_id) or not request.env.user._get_served_outlet_ids():
            raise request.not_found()
        try:
            return request.env['aftersales.order'].browse(order_id)._ensure_serves()
        except AccessError:
            raise request.not_found() from None


def _read_id(text):
    """Return the id that a form sent, ``False`` for none or nonsense."""
    return int(text) if (text or '').isdecimal() and len(text) < 10 else False
