from odoo.http import request, route

from odoo.addons.aftersales_service.controllers.documents import DocumentPortal


class OutletSatisfactionPortal(DocumentPortal):
    """The page on which an outlet's boss reads the outlet's own figures."""

    @route('/my/outlet/satisfaction', type='http', auth='user', website=True, readonly=True)
    def portal_my_outlet_satisfaction(self, **kwargs):
        shown = request.env['aftersales.outlet']._get_figures_for_bosses()
        if not shown:
            raise request.not_found()
        return request.render(
            'aftersales_survey.portal_my_outlet_satisfaction',
            self._prepare_outlet_values('satisfaction', shown=shown))
