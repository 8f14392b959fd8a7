from odoo.http import Controller, request, route

HEADERS = {
    'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex, nofollow'}


class CertificatePage(Controller):
    """The page behind the QR code of a certificate, for customers and inspectors."""

    @route('/certificate', type='http', auth='public', website=True, methods=['GET'],
           sitemap=False)
    def certificate_check(self, number=None, code=None, **kwargs):
        if request.env.user._is_public() and not request.cookies.get('frontend_lang'):
            # a visitor who chose no language reads the page in that of the browser
            spoken = request.env['ir.http'].get_nearest_lang(request.best_lang)
            if spoken:
                request.update_context(lang=spoken)
        certificate, is_closed = request.env['aftersales.certificate']._check_public(
            number, code, request.httprequest.remote_addr)
        response = request.render('aftersales_training.certificate_page', {
            'certificate': certificate, 'is_closed': is_closed, 'number': number or '',
            'is_asked': bool(number or code),
            'html_data': {'lang': (request.env.lang or 'en_US').replace('_', '-')}})
        response.headers.update(HEADERS)
        return response
