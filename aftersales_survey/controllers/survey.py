from werkzeug.exceptions import abort

from odoo.exceptions import AccessError
from odoo.http import request, route

from odoo.addons.survey.controllers.main import Survey
from odoo.addons.survey.controllers.survey_session_manage import UserInputSession


class AftersalesSurveyRoutes(Survey):
    """Core's pages of surveys, which neither show nor take answers to our questionnaires.

    The page of the feedback is the one door: it keeps the deadline, the scores, one set of
    answers a person, and follows them.
    """

    def _fetch_from_access_token(self, survey_token, answer_token):
        """Lead from core's addresses to our page, and refuse what a script posts there.

        All eleven routes of core that open a survey or its answers by a key begin here.
        """
        survey, answers = super()._fetch_from_access_token(survey_token, answer_token)
        if survey.survey_type == 'aftersales':
            is_page = request.dispatcher.routing_type == 'http' and (
                request.httprequest.method in ('GET', 'HEAD'))
            if not is_page or not (answers or survey.access_mode == 'public'):
                raise request.not_found()
            abort(request.redirect((answers or survey).get_start_url()))
        return survey, answers

    @route()
    def survey_test(self, survey_token, **kwargs):
        """Let who reads a questionnaire try it on the page that customers see."""
        # the right to read it is asked below
        survey = request.env['survey.survey'].sudo().search(
            [('access_token', '=', survey_token), ('survey_type', '=', 'aftersales')], limit=1)
        if not survey:
            return super().survey_test(survey_token, **kwargs)
        try:
            survey.with_user(request.env.user).check_access('read')
        except AccessError:
            raise request.not_found() from None
        answers = survey._create_answer(user=request.env.user, test_entry=True)
        return request.redirect(answers.get_start_url())


class AftersalesSurveySession(UserInputSession):
    """Live sessions are for other surveys: six more routes of core, by two more methods."""

    def _fetch_from_token(self, survey_token):
        return super()._fetch_from_token(survey_token).filtered(
            lambda survey: survey.survey_type != 'aftersales')

    def _fetch_from_session_code(self, session_code):
        survey, error = super()._fetch_from_session_code(session_code)
        if survey and survey.survey_type == 'aftersales':
            return None, {'error': 'survey_wrong'}
        return survey, error
