from odoo.exceptions import UserError
from odoo.http import request, route

from .documents import DocumentPortal
from .form import create_form_key, is_id, read_width, send_once, take_photo_refusals


class ReturnPortal(DocumentPortal):
    """The customer's returns: the list, one return, its label, and asking for one."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if 'return_count' in counters:
            values['return_count'] = self._count_documents(
                'aftersales.return', self._get_return_domain())
        return values

    def _get_return_domain(self):
        return [*self._get_own_domain(), ('kind', '!=', 'vendor')]

    @route(['/my/returns', '/my/returns/page/<int:page>'], type='http', auth='user',
           website=True)
    def portal_my_returns(self, page=1, **kwargs):
        returns_sudo, values = self._prepare_list_values(
            'aftersales.return', self._get_return_domain(), '/my/returns', page)
        return request.render('aftersales_service.portal_my_returns', {
            **values, 'page_name': 'return', 'returns': returns_sudo})

    @route('/my/returns/<int:return_id>', type='http', auth='public', website=True)
    def portal_my_return(
            self, return_id, access_token=None, report_type=None, download=False, **kwargs):
        return_sudo = self._open_document('aftersales.return', return_id, access_token)
        if report_type in ('html', 'pdf', 'text'):
            if not return_sudo.rma:
                raise request.not_found()
            return self._show_report(
                return_sudo, report_type, 'aftersales_service.action_report_return_label',
                download=download)
        values = self._get_page_view_values(
            return_sudo, self._get_opening_key(return_sudo, access_token),
            {'page_name': 'return', 'return_order': return_sudo,
             'photo_refusals': take_photo_refusals()},
            'my_returns_history', False, **self._read_page_args(kwargs))
        return request.render('aftersales_service.portal_my_return', values)

    @route('/my/returns/<int:return_id>/photo/<int:photo_id>', type='http', auth='public',
           readonly=True)
    def portal_return_photo(self, return_id, photo_id, access_token=None, width=0, **kwargs):
        return_sudo = self._open_document('aftersales.return', return_id, access_token)
        photo = return_sudo.photo_ids.filtered(lambda photo: photo.id == photo_id)
        if not photo:
            raise request.not_found()
        return request.env['ir.binary']._get_image_stream_from(
            photo, width=read_width(width)).get_response()

    @route('/my/returns/new/<int:warranty_id>', type='http', auth='public', website=True,
           methods=['GET', 'POST'])
    def portal_new_return(self, warranty_id, **values):
        card_sudo = self._get_own_card(warranty_id)
        error = None
        if request.httprequest.method == 'POST':
            try:
                with request.env.cr.savepoint():
                    record = send_once(values, lambda answers, photos: (
                        request.env['aftersales.return']._create_from_portal(
                            card_sudo, request.env.user.partner_id, answers, photos)))
                return request.redirect(record.get_portal_url())
            except UserError as refusal:
                error = refusal.args[0]
        return request.render('aftersales_service.portal_new_return', {
            **self._prepare_portal_layout_values(), 'page_name': 'return_new',
            'warranty': card_sudo, 'values': values, 'error': error,
            'form_key': create_form_key(),
            'reasons': request.env['aftersales.return']._get_portal_reasons()})

    def _get_own_card(self, warranty_id):
        """Return a card that the visitor owns as superuser; else there is no such page."""
        if not is_id(warranty_id):
            raise request.not_found()
        card_sudo = request.env['aftersales.warranty'].sudo().browse(warranty_id).exists()
        if request.env.user._is_public() or not card_sudo.filtered_domain(
                self._get_own_domain()):
            raise request.not_found()
        return card_sudo
