from odoo.http import request, route

from odoo.addons.aftersales_service.controllers.documents import DocumentPortal
from odoo.addons.aftersales_service.controllers.form import MAX_ID, read_answers

MODEL = 'aftersales.complaint'


class OutletGrievancePortal(DocumentPortal):
    """The page on which an outlet's people settle grievances before they become complaints."""

    @route('/my/outlet/grievances', type='http', auth='user', website=True)
    def portal_my_outlet_grievances(self, **kwargs):
        if not request.env.user._get_served_outlet_ids():
            raise request.not_found()
        return request.render(
            'aftersales_complaint.portal_my_outlet_grievances', self._prepare_outlet_values(
                'grievances', grievances=request.env[MODEL]._search_for_outlet()))

    @route('/my/outlet/grievances/<int:complaint_id>/<any(settle,pass):step>', type='http',
           auth='user', website=True, methods=['POST'])
    def portal_outlet_grievance_step(self, complaint_id, step, **form):
        """Settle a grievance or pass it on; a refusal is shown on the page."""
        if not 0 < complaint_id <= MAX_ID or not request.env.user._get_served_outlet_ids():
            raise request.not_found()
        case = request.env[MODEL].browse(complaint_id)
        take = case._settle_for_outlet if step == 'settle' else case._pass_on_for_outlet
        self._do_or_hide(lambda: take(read_answers(form).get('words')))
        return request.redirect('/my/outlet/grievances')
