from odoo.http import request, route

from .documents import DocumentPortal
from .form import is_id, read_answers


class OutletChargePortal(DocumentPortal):
    """The page on which an outlet's boss reads what it was charged, and objects."""

    @route(['/my/outlet/charges', '/my/outlet/charges/page/<int:page>'], type='http',
           auth='user', website=True)
    def portal_my_outlet_charges(self, page=1, **kwargs):
        charges = request.env['aftersales.outlet.charge']
        if not charges._get_led_outlet_ids():
            raise request.not_found()
        found, values = self._prepare_list_values(
            charges._name, charges._get_outlet_domain(), '/my/outlet/charges', page)
        return request.render(
            'aftersales_service.portal_my_outlet_charges',
            self._prepare_outlet_values('charges', **values, charges=found))

    @route('/my/outlet/charges/<int:charge_id>/object', type='http', auth='user', website=True,
           methods=['POST'])
    def portal_outlet_charge_object(self, charge_id, **form):
        """Object with the reason of the form; a refusal is shown on the page."""
        charges = request.env['aftersales.outlet.charge']
        if not is_id(charge_id) or not charges._get_led_outlet_ids():
            raise request.not_found()
        self._do_or_refuse(lambda: charges.browse(charge_id)._object_for_outlet(
            read_answers(form).get('reason')))
        return request.redirect('/my/outlet/charges')
