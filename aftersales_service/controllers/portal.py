from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal, pager


class AftersalesPortal(CustomerPortal):
    """The customer's pages: the list of service orders and one order."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if 'service_count' in counters:
            orders = request.env['aftersales.order']
            values['service_count'] = (
                orders.search_count(self._get_service_domain())
                if orders.has_access('read') else 0)
        return values

    def _get_service_domain(self):
        """Leave out what the user sees as one of an outlet's people: that is no order of his."""
        return [('partner_id', 'child_of', request.env.user.commercial_partner_id.id)]

    def _get_service_sortings(self):
        return {
            'date': {'label': self.env._("Newest"), 'order': 'date_event desc, id desc'},
            'name': {'label': self.env._("Order Number"), 'order': 'name desc'},
            'stage': {'label': self.env._("Stage"), 'order': 'stage_id, id desc'},
        }

    @route(['/my/service', '/my/service/page/<int:page>'], type='http', auth='user', website=True)
    def portal_my_service_orders(self, page=1, sortby='date', **kwargs):
        orders = request.env['aftersales.order']
        sortings = self._get_service_sortings()
        sortby = sortby if sortby in sortings else 'date'
        page_info = pager(
            url='/my/service', url_args={'sortby': sortby}, page=page, step=self._items_per_page,
            total=orders.search_count(self._get_service_domain()))
        values = self._prepare_portal_layout_values() | {
            'page_name': 'service',
            'default_url': '/my/service',
            'pager': page_info,
            'searchbar_sortings': sortings,
            'sortby': sortby,
            'service_orders': orders.search(
                self._get_service_domain(), order=sortings[sortby]['order'],
                limit=self._items_per_page,
                offset=page_info['offset']).sudo(),  # found by the customer's own rule
        }
        return request.render('aftersales_service.portal_my_service_orders', values)

    @route('/my/service/<int:order_id>', type='http', auth='public', website=True)
    def portal_my_service_order(
            self, order_id, access_token=None, report_type=None, download=False, **kwargs):
        try:
            order_sudo = self._document_check_access('aftersales.order', order_id, access_token)
        except (AccessError, MissingError):
            # the same answer for an order of somebody else and for none: no hint
            raise request.not_found() from None
        if report_type in ('html', 'pdf', 'text'):
            return self._show_report(
                order_sudo, report_type, 'aftersales_service.action_report_service_order',
                download=download)
        values = self._get_page_view_values(
            order_sudo, access_token, {
                'page_name': 'service', 'service_order': order_sudo,
                'notice': kwargs.pop('notice', None),
                'refusal': request.session.pop('aftersales_refusal', None)},
            'my_service_orders_history', False, **kwargs)
        return request.render('aftersales_service.portal_my_service_order', values)
