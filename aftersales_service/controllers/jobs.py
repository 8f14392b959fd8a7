import json

from markupsafe import Markup

from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, request, route
from odoo.tools import file_open

from .form import read_width

MODULE = 'aftersales_service'
WORKER = 'aftersales_service/static/src/jobs_worker/service_worker.js'


class AftersalesJobs(Controller):
    """The technician's phone: one page, its data for the day, and the queue's inbox."""

    @route('/my/jobs', type='http', auth='user')
    def jobs_page(self, **kwargs):
        if not request.env.user._is_aftersales_technician():
            raise request.not_found()
        return request.render('aftersales_service.jobs_page', self._prepare_page_values())

    @route(['/my/jobs/data', '/my/jobs/data/<string:page>'], type='http', auth='user',
           methods=['GET'], readonly=True)
    def jobs_data(self, page='jobs'):
        """Return what a page of the phone shows; a GET, so that the service worker keeps it."""
        user = request.env.user
        data = user._get_mobile_data(page) if user._is_aftersales_technician() else None
        if data is None:
            raise request.not_found()
        return request.make_json_response(
            {'user_id': user.id, **data}, headers=[('Cache-Control', 'no-store')])

    @route('/my/jobs/actions', type='jsonrpc', auth='user', methods=['POST'])
    def jobs_actions(self, actions, now=None):
        """Do what was queued on the phone; each action gets its own answer.

        :param now: the phone's own time in UTC, by which its clock is corrected
        """
        if not request.env.user._may_send_mobile_actions():
            raise AccessError(request.env._(
                "This page is for technicians: ask the desk to assign the visit to you."))
        return request.env['aftersales.job.action']._handle_batch(actions, now)

    @route('/my/jobs/<int:visit_id>/test-run/<int:order_id>', type='http', auth='user',
           methods=['GET'], readonly=True)
    def jobs_test_run(self, visit_id, order_id):
        """Return the test-run slip of a unit; to the technician of its visit only."""
        visit = request.env['aftersales.visit'].browse(visit_id)
        try:
            visit._check_is_technician()
            # the visit names the user as its technician, who may be a portal user
            order = visit.sudo()._get_mobile_order(order_id)
        except UserError:
            raise request.not_found() from None
        slip, kind = request.env['ir.actions.report'].sudo()._render(
            'aftersales_service.action_report_test_run', order.ids)
        return request.make_response(slip, [
            ('Content-Type', 'application/pdf' if kind == 'pdf' else 'text/html')])

    @route('/my/jobs/<int:visit_id>/quotation/<int:order_id>', type='http', auth='user',
           methods=['GET'], readonly=True)
    def jobs_quotation(self, visit_id, order_id):
        """Return the open quotations of a unit; to the technician of its visit only.

        The customer reads them there and signs on the phone; the page of the sale, with the
        customer's key, is the customer's alone.
        """
        visit = request.env['aftersales.visit'].browse(visit_id)
        try:
            visit._check_is_technician()
            # the visit names the user as its technician, who may be a portal user
            offers = visit.sudo()._get_mobile_order(order_id)._get_open_offers()
        except UserError:
            raise request.not_found() from None
        if not offers:
            raise request.not_found()
        paper, kind = request.env['ir.actions.report'].sudo()._render(
            'sale.action_report_saleorder', offers.ids)
        return request.make_response(paper, [
            ('Content-Type', 'application/pdf' if kind == 'pdf' else 'text/html')])

    @route('/my/jobs/<int:visit_id>/photo/<int:order_id>/<int:photo_id>', type='http', auth='user',
           methods=['GET'], readonly=True)
    def jobs_photo(self, visit_id, order_id, photo_id, width=0):
        """Return a photo that the customer of a unit sent; to the technician of its visit only."""
        visit = request.env['aftersales.visit'].browse(visit_id)
        try:
            visit._check_is_technician()
            # the visit names the user as its technician, who may be a portal user
            photos = visit.sudo()._get_mobile_order(order_id)._get_customer_photos()
        except UserError:
            raise request.not_found() from None
        photo = photos.filtered(lambda photo: photo.id == photo_id)
        if not photo:
            raise request.not_found()
        stream = request.env['ir.binary']._get_image_stream_from(photo, width=read_width(width))
        response = stream.get_response()
        # seen once, the phone shows it without a network, too
        response.headers['Cache-Control'] = 'private, max-age=86400'
        return response

    @route('/my/jobs/service-worker.js', type='http', auth='public', methods=['GET'],
           readonly=True)
    def jobs_service_worker(self):
        with file_open(WORKER) as script:
            return request.make_response(script.read(), [
                ('Content-Type', 'text/javascript'),
                ('Cache-Control', 'no-cache'),
                ('Service-Worker-Allowed', '/my/jobs'),
            ])

    @route('/my/jobs/manifest.webmanifest', type='http', auth='public', methods=['GET'],
           readonly=True)
    def jobs_manifest(self):
        """Describe the page as an application for the phone's home screen."""
        return request.make_json_response({
            'name': request.env._("My Jobs"),
            'scope': '/my/jobs',
            'start_url': '/my/jobs',
            'display': 'standalone',
            'icons': [{'src': f'/{MODULE}/static/description/icon.png', 'sizes': 'any'}],
        }, headers=[('Content-Type', 'application/manifest+json')])

    def _prepare_page_values(self):
        """Return what the page knows before any data: user, limits and its own words."""
        config = request.env.user._prepare_mobile_config()
        # "</script>" in a name must not end the script; JSON is JavaScript otherwise
        return {
            'config': Markup(json.dumps(config).replace('<', '\\u003c')),
            'page_lang': config['lang'],
            'title': request.env._("My Jobs"),
        }
