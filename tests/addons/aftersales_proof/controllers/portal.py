from odoo.http import request, route

from odoo.addons.aftersales_service.controllers.documents import DocumentPortal


class ProofPortal(DocumentPortal):
    """A page of a further module's document in the frame that all of them share."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if 'proof_count' in counters:
            values['proof_count'] = self._count_documents(
                'aftersales.proof.case', self._get_own_domain())
        return values

    @route(['/my/proof', '/my/proof/page/<int:page>'], type='http', auth='user', website=True)
    def portal_my_proof_cases(self, page=1, **kwargs):
        cases_sudo, values = self._prepare_list_values(
            'aftersales.proof.case', self._get_own_domain(), '/my/proof', page)
        return request.render('aftersales_proof.portal_my_proof_cases', {
            **values, 'page_name': 'proof', 'cases': cases_sudo})

    @route('/my/proof/<int:case_id>', type='http', auth='public', website=True)
    def portal_my_proof_case(self, case_id, access_token=None, **kwargs):
        case_sudo = self._open_document('aftersales.proof.case', case_id, access_token)
        values = self._get_page_view_values(
            case_sudo, self._get_opening_key(case_sudo, access_token),
            {'page_name': 'proof', 'case': case_sudo}, 'my_proof_history', False, **kwargs)
        return request.render('aftersales_proof.portal_my_proof_case', values)
