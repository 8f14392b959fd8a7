from odoo.http import request, route

from odoo.addons.aftersales_service.controllers.form import is_id
from odoo.addons.aftersales_service.controllers.portal_outlet import OutletPortal

STEPS = {'take': 'handed_over', 'return': 'returning'}


class OutletPartsPortal(OutletPortal):
    """The page on which an outlet's people confirm and give back parts."""

    _OUTLET_ACTIONS = {
        **OutletPortal._OUTLET_ACTIONS,
        'request_part': lambda order, form: order._request_part_for_outlet(form),
    }

    @route('/my/outlet/parts', type='http', auth='user', website=True)
    def portal_my_outlet_parts(self, **kwargs):
        if not request.env.user._get_served_outlet_ids():
            raise request.not_found()
        return request.render(
            'aftersales_parts.portal_my_outlet_parts', self._prepare_outlet_values(
                'parts',
                part_requests=request.env['aftersales.part.request']._search_for_receiver()))

    @route('/my/outlet/parts/<int:request_id>/<any(take,return):step>', type='http', auth='user',
           website=True, methods=['POST'])
    def portal_outlet_parts_step(self, request_id, step, **form):
        """Confirm that parts came, or give them back; a refusal is shown on the page."""
        if not is_id(request_id) or not request.env.user._get_served_outlet_ids():
            raise request.not_found()
        asked = request.env['aftersales.part.request'].browse(request_id)
        self._do_or_hide(lambda: asked._move_for_receiver(STEPS[step], form))
        return request.redirect('/my/outlet/parts')
