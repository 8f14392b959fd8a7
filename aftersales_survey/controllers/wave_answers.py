from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import Controller, content_disposition, request, route

from odoo.addons.aftersales_service.controllers.form import is_id
from odoo.addons.aftersales_service.controllers.import_templates import XLSX


class WaveAnswers(Controller):
    """The answers of a wave as a sheet, one column a question."""

    @route('/aftersales_survey/wave/<int:wave_id>/answers.xlsx', type='http', auth='user',
           methods=['GET'], readonly=True)
    def wave_answers(self, wave_id):
        """Return the sheet to who may read the answers; others learn nothing of the wave."""
        if not is_id(wave_id):
            raise request.not_found()
        wave = request.env['aftersales.survey.wave'].browse(wave_id)
        try:
            wave.check_access('read')
            content = wave._write_answer_sheet()
        except (AccessError, MissingError):
            raise request.not_found() from None
        except UserError as error:
            return request.make_response(
                str(error), [('Content-Type', 'text/plain; charset=utf-8')], status=409)
        return request.make_response(content, [
            ('Content-Type', XLSX),
            ('Content-Disposition', content_disposition(f'{wave.display_name}.xlsx'))])
