from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from .form import MAX_ID, read_answers, read_photos


class ReturnPortal(CustomerPortal):
    """The customer's returns: the list, one return, its label, and asking for one."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if 'return_count' in counters:
            returns = request.env['aftersales.return']
            values['return_count'] = (
                returns.search_count(self._get_return_domain())
                if returns.has_access('read') else 0)
        return values

    def _get_return_domain(self):
        partner = request.env.user.commercial_partner_id
        return [('partner_id', 'child_of', partner.id), ('kind', '!=', 'vendor')]

    @route(['/my/returns', '/my/returns/page/<int:page>'], type='http', auth='user',
           website=True)
    def portal_my_returns(self, page=1, **kwargs):
        returns, domain = request.env['aftersales.return'], self._get_return_domain()
        page_info = pager(
            url='/my/returns', page=page, step=self._items_per_page,
            total=returns.search_count(domain))
        found = returns.search(domain, limit=self._items_per_page, offset=page_info['offset'])
        return request.render('aftersales_service.portal_my_returns', {
            **self._prepare_portal_layout_values(), 'page_name': 'return',
            'default_url': '/my/returns', 'pager': page_info,
            'returns': found.sudo()})  # found by the customer's own rule

    @route('/my/returns/<int:return_id>', type='http', auth='public', website=True)
    def portal_my_return(
            self, return_id, access_token=None, report_type=None, download=False, **kwargs):
        try:
            return_sudo = self._document_check_access(
                'aftersales.return', return_id, access_token)
        except (AccessError, MissingError):
            # the same answer for a return of somebody else and for none: no hint
            raise request.not_found() from None
        if report_type in ('html', 'pdf', 'text'):
            if not return_sudo.rma:
                raise request.not_found()
            return self._show_report(
                return_sudo, report_type, 'aftersales_service.action_report_return_label',
                download=download)
        values = self._get_page_view_values(
            return_sudo, access_token, {'page_name': 'return', 'return_order': return_sudo},
            'my_returns_history', False, **kwargs)
        return request.render('aftersales_service.portal_my_return', values)

    @route('/my/returns/new/<int:warranty_id>', type='http', auth='public', website=True,
           methods=['GET', 'POST'])
    def portal_new_return(self, warranty_id, **values):
        card_sudo = self._get_own_card(warranty_id)
        error = None
        if request.httprequest.method == 'POST':
            try:
                with request.env.cr.savepoint():
                    record = request.env['aftersales.return']._create_from_portal(
                        card_sudo, request.env.user.partner_id, read_answers(values),
                        read_photos())
                return request.redirect(record.get_portal_url())
            except UserError as refusal:
                error = refusal.args[0]
        return request.render('aftersales_service.portal_new_return', {
            **self._prepare_portal_layout_values(), 'page_name': 'return_new',
            'warranty': card_sudo, 'values': values, 'error': error,
            'reasons': request.env['aftersales.return']._get_portal_reasons()})

    def _get_own_card(self, warranty_id):
        """Return a card that the visitor owns as superuser; else there is no such page."""
        user = request.env.user
        if warranty_id > MAX_ID:
            raise request.not_found()
        card_sudo = request.env['aftersales.warranty'].sudo().browse(warranty_id).exists()
        if user._is_public() or not card_sudo.filtered_domain(
                [('partner_id', 'child_of', user.commercial_partner_id.id)]):
            raise request.not_found()
        return card_sudo
