from odoo.http import request, route

from .documents import DocumentPortal
from .form import read_width, take_photo_refusals


class AftersalesPortal(DocumentPortal):
    """The customer's pages: the list of service orders and one order."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if 'service_count' in counters:
            values['service_count'] = self._count_documents(
                'aftersales.order', self._get_own_domain())
        return values

    def _get_service_sortings(self):
        return {
            'date': {'label': self.env._("Newest"), 'order': 'date_event desc, id desc'},
            'name': {'label': self.env._("Order Number"), 'order': 'name desc'},
            'stage': {'label': self.env._("Stage"), 'order': 'stage_id, id desc'},
        }

    @route(['/my/service', '/my/service/page/<int:page>'], type='http', auth='user', website=True)
    def portal_my_service_orders(self, page=1, sortby='date', **kwargs):
        sortings = self._get_service_sortings()
        sortby = sortby if sortby in sortings else 'date'
        orders_sudo, values = self._prepare_list_values(
            'aftersales.order', self._get_own_domain(), '/my/service', page,
            order=sortings[sortby]['order'], sortby=sortby)
        return request.render('aftersales_service.portal_my_service_orders', {
            **values, 'page_name': 'service', 'service_orders': orders_sudo,
            'searchbar_sortings': sortings, 'sortby': sortby})

    @route('/my/service/<int:order_id>', type='http', auth='public', website=True)
    def portal_my_service_order(
            self, order_id, access_token=None, report_type=None, download=False, **kwargs):
        order_sudo = self._open_order(order_id, access_token)
        if report_type in ('html', 'pdf', 'text'):
            return self._show_report(
                order_sudo, report_type, 'aftersales_service.action_report_service_order',
                download=download)
        values = self._get_page_view_values(
            order_sudo, self._get_opening_key(order_sudo, access_token), {
                'page_name': 'service', 'service_order': order_sudo,
                'notice': kwargs.pop('notice', None),
                'refusal': request.session.pop('aftersales_refusal', None),
                'photo_refusals': take_photo_refusals()},
            'my_service_orders_history', False, **self._read_page_args(kwargs))
        return request.render('aftersales_service.portal_my_service_order', values)

    @route('/my/service/<int:order_id>/document/<string:key>', type='http', auth='public',
           website=True)
    def portal_document(self, order_id, key, access_token=None, report_type='html', **kwargs):
        """Show one of the papers of an order; as a page, since WeChat opens no PDF."""
        order_sudo = self._open_order(order_id, access_token)
        papers = order_sudo._get_page_documents()
        if key not in papers or report_type not in ('html', 'pdf'):
            raise request.not_found()
        __, report, record_sudo = papers[key]
        return self._show_report(record_sudo, report_type, report)

    @route('/my/service/<int:order_id>/photo/<int:photo_id>', type='http', auth='public',
           readonly=True)
    def portal_photo(self, order_id, photo_id, access_token=None, width=0, **kwargs):
        order_sudo = self._open_order(order_id, access_token)
        photo = order_sudo._get_page_photos().filtered(lambda photo: photo.id == photo_id)
        if not photo:
            raise request.not_found()
        return request.env['ir.binary']._get_image_stream_from(
            photo, width=read_width(width)).get_response()

    def _open_order(self, order_id, access_token):
        """Return the visitor's order as superuser, in the customer's language, or 404."""
        order_sudo = self._open_document('aftersales.order', order_id, access_token)
        lang = order_sudo.partner_id.lang
        if lang and request.env.user._is_public() and 'frontend_lang' not in request.cookies:
            # a visitor who comes by a link without a login reads the customer's language
            request.lang = request.env['res.lang']._get_data(code=lang)
            request.update_context(lang=lang)
            request.future_response.set_cookie('frontend_lang', lang)
            order_sudo = order_sudo.with_context(lang=lang)
        return order_sudo
