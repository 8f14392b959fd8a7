from odoo.http import Controller, request, route


class PartsJobs(Controller):
    """What the phone asks for while there is a network: parts by number, name or initials."""

    @route('/my/jobs/parts/search', type='http', auth='user', methods=['GET'], readonly=True)
    def jobs_part_search(self, words='', **kwargs):
        if not request.env.user._is_aftersales_technician():
            raise request.not_found()
        return request.make_json_response(
            {'parts': request.env['aftersales.part.request']._search_mobile_parts(words)},
            headers=[('Cache-Control', 'no-store')])
