from odoo.http import Controller, request, route

from odoo.addons.aftersales_service.controllers.form import is_id


class PartsJobs(Controller):
    """What the phone asks for while there is a network: parts by number, name or nameplate."""

    @route('/my/jobs/parts/search', type='http', auth='user', methods=['GET'], readonly=True)
    def jobs_part_search(self, words='', order_id='', purpose='', **kwargs):
        requests = self._get_requests()
        if purpose == 'count':
            answer = {'parts': requests._search_counted_parts(words)}
        elif unit := requests._search_mobile_unit(words):
            answer = {'parts': unit.pop('parts'), 'unit': unit}
        else:
            order_id = int(order_id) if order_id.isdecimal() and len(order_id) < 11 else 0
            answer = {'parts': requests._search_mobile_parts(words, order_id)}
        return request.make_json_response(answer, headers=[('Cache-Control', 'no-store')])

    @route('/my/jobs/parts/picture/<int:machine_id>', type='http', auth='user', methods=['GET'],
           readonly=True)
    def jobs_part_picture(self, machine_id, **kwargs):
        """Show the exploded picture of a machine."""
        requests = self._get_requests()
        machine = is_id(machine_id) and requests._get_machine_picture(machine_id)
        if not machine:
            raise request.not_found()
        return request.env['ir.binary']._get_image_stream_from(
            machine, 'exploded_image').get_response()

    def _get_requests(self):
        if not request.env.user._is_aftersales_technician():
            raise request.not_found()
        return request.env['aftersales.part.request']
