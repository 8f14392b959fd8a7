from odoo.http import request, route

from odoo.addons.aftersales_service.controllers.documents import DocumentPortal
from odoo.addons.aftersales_service.controllers.form import MAX_ID, read_answers

CLAIM, NOTICE = 'aftersales.claim', 'aftersales.capa'


class PartyPortal(DocumentPortal):
    """Claims and rectification notices, for the outlet or company that they concern."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if 'claim_count' in counters:
            values['claim_count'] = len(request.env[CLAIM]._find_for_party()) + len(
                request.env[NOTICE]._find_for_party())
        return values

    @route('/my/claims', type='http', auth='user', website=True)
    def portal_my_claims(self, **kwargs):
        return request.render('aftersales_complaint.portal_my_claims', {
            **self._prepare_portal_layout_values(), 'page_name': 'claim',
            'claims': request.env[CLAIM]._find_for_party(),
            'notices': request.env[NOTICE]._find_for_party(),
            'refusal': request.session.pop('aftersales_refusal', None)})

    @route('/my/claims/<int:claim_id>/answer', type='http', auth='user', website=True,
           methods=['POST'])
    def portal_answer_claim(self, claim_id, **form):
        return self._answer(CLAIM, claim_id, form)

    @route('/my/rectifications/<int:notice_id>/answer', type='http', auth='user', website=True,
           methods=['POST'])
    def portal_answer_notice(self, notice_id, **form):
        return self._answer(NOTICE, notice_id, form)

    def _answer(self, model, record_id, form):
        """Write an answer; a refusal is shown on the page, what is of others is not found."""
        if not 0 < record_id <= MAX_ID:
            raise request.not_found()
        self._do_or_hide(lambda: request.env[model]._answer_for_party(
            record_id, read_answers(form).get('answer')))
        return request.redirect('/my/claims')
