from odoo.http import Controller, request, route


class PartsJobs(Controller):
    """What the phone asks for while there is a network: parts by number, name or initials."""

    @route('/my/jobs/parts/search', type='http', auth='user', methods=['GET'], readonly=True)
    def jobs_part_search(self, words='', order_id='', purpose='', **kwargs):
        if not request.env.user._is_aftersales_technician():
            raise request.not_found()
        requests = request.env['aftersales.part.request']
        order_id = int(order_id) if order_id.isdecimal() and len(order_id) < 11 else 0
        return request.make_json_response(
            {'parts': requests._search_counted_parts(words) if purpose == 'count'
             else requests._search_mobile_parts(words, order_id)},
            headers=[('Cache-Control', 'no-store')])
