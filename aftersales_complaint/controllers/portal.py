from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.aftersales_service.controllers.documents import DocumentPortal
from odoo.addons.aftersales_service.controllers.form import (
    create_form_key,
    read_photos,
    send_once,
)
from odoo.addons.aftersales_service.tools.words import read_form

from ..models.aftersales_complaint_portal import DEMANDS, PORTAL_KINDS

MODEL = 'aftersales.complaint'


class ComplaintPortal(DocumentPortal):
    """The customer's pages of complaints: the list, a new one, and where one stands."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if 'complaint_count' in counters:
            values['complaint_count'] = self._count_documents(MODEL, self._get_own_domain())
        return values

    @route(['/my/complaints', '/my/complaints/page/<int:page>'], type='http', auth='user',
           website=True)
    def portal_my_complaints(self, page=1, **kwargs):
        cases_sudo, values = self._prepare_list_values(
            MODEL, self._get_own_domain(), '/my/complaints', page, order='date_received desc')
        return request.render('aftersales_complaint.portal_my_complaints', {
            **values, 'page_name': 'complaint', 'complaints': cases_sudo})

    @route('/my/complaints/new', type='http', auth='user', website=True, methods=['GET', 'POST'])
    def portal_new_complaint(self, **values):
        error, cases = None, request.env[MODEL]
        if request.httprequest.method == 'POST':
            try:
                with request.env.cr.savepoint():
                    case = send_once(values, lambda answers, photos: cases._create_from_portal(
                        request.env.user.partner_id, answers, photos))
                return request.redirect(case.get_portal_url(query_string='&notice=received'))
            except UserError as refusal:
                error = refusal.args[0]
        kinds = dict(cases._fields['kind']._description_selection(request.env))
        return request.render('aftersales_complaint.portal_new_complaint', {
            **self._prepare_portal_layout_values(), 'page_name': 'complaint_new',
            'values': read_form(values), 'error': error, 'form_key': create_form_key(),
            'kinds': [(kind, kinds[kind]) for kind in PORTAL_KINDS],
            'demands': [(name, cases._fields[name]._description_string(request.env))
                        for name in DEMANDS]})

    @route('/my/complaints/<int:complaint_id>', type='http', auth='public', website=True)
    def portal_my_complaint(self, complaint_id, access_token=None, **kwargs):
        case_sudo = self._open_complaint(complaint_id, access_token)
        values = self._get_page_view_values(
            case_sudo, self._get_opening_key(case_sudo, access_token), {
                'page_name': 'complaint', 'complaint': case_sudo,
                'notice': kwargs.pop('notice', None),
                'refusal': request.session.pop('aftersales_refusal', None)},
            'my_complaints_history', False, **kwargs)
        return request.render('aftersales_complaint.portal_my_complaint', values)

    @route('/my/complaints/<int:complaint_id>/photo/<int:photo_id>', type='http', auth='public',
           readonly=True)
    def portal_complaint_photo(self, complaint_id, photo_id, access_token=None, **kwargs):
        case_sudo = self._open_complaint(complaint_id, access_token)
        photo = case_sudo._get_page_photos().filtered(lambda photo: photo.id == photo_id)
        if not photo:
            raise request.not_found()
        return request.env['ir.binary']._get_image_stream_from(photo, width=512).get_response()

    @route('/my/complaints/<int:complaint_id>/accept', type='http', auth='public', website=True,
           methods=['POST'])
    def portal_accept(self, complaint_id, access_token=None, **kwargs):
        return self._act_on_complaint(
            complaint_id, access_token, 'accepted', lambda case: case._accept_from_portal())

    @route('/my/complaints/<int:complaint_id>/reject', type='http', auth='public', website=True,
           methods=['POST'])
    def portal_reject(self, complaint_id, access_token=None, reason='', **kwargs):
        return self._act_on_complaint(
            complaint_id, access_token, 'rejected',
            lambda case, reason: case._reject_from_portal(reason), reason=reason)

    @route('/my/complaints/<int:complaint_id>/appeal', type='http', auth='public', website=True,
           methods=['POST'])
    def portal_appeal(self, complaint_id, access_token=None, reason='', **kwargs):
        return self._act_on_complaint(
            complaint_id, access_token, 'appealed',
            lambda case, reason: case._appeal_from_portal(reason), reason=reason)

    @route('/my/complaints/<int:complaint_id>/photos', type='http', auth='public', website=True,
           methods=['POST'])
    def portal_add_photos(self, complaint_id, access_token=None, **kwargs):
        return self._act_on_complaint(complaint_id, access_token, 'photos',
                         lambda case: case._add_from_portal(read_photos()))

    def _open_complaint(self, complaint_id, access_token):
        """Return the visitor's complaint as superuser, in the customer's language, or 404."""
        case_sudo = self._open_document(MODEL, complaint_id, access_token)
        lang = case_sudo.partner_id.lang
        if lang and request.env.user._is_public() and 'frontend_lang' not in request.cookies:
            # a visitor who comes by a link without a login reads the customer's language
            request.lang = request.env['res.lang']._get_data(code=lang)
            request.update_context(lang=lang)
            request.future_response.set_cookie('frontend_lang', lang)
            case_sudo = case_sudo.with_context(lang=lang)
        return case_sudo

    def _act_on_complaint(self, complaint_id, access_token, done, action, **answers):
        return self._act_as_customer(MODEL, complaint_id, access_token, done, action, **answers)
