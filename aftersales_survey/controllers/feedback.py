from odoo.exceptions import UserError
from odoo.http import Controller, request, route

HEADERS = {
    'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex, nofollow'}


class AftersalesFeedback(Controller):
    """The page where customers rate: the key in the address is all they need.

    Opening shows and never writes, since mail scanners open links. Answers are posted with the
    key itself, which no other site knows: so they need no token against forged requests, and
    work where a message's own browser keeps no cookies.
    """

    @route('/feedback/<string:key>', type='http', auth='public', methods=['GET'],
           readonly=True, sitemap=False)
    def feedback_page(self, key, score=None, lang=None, **kwargs):
        answers = self._open_feedback(key, lang)
        return self._render_feedback(key, answers, score=score, step=kwargs.get('step'))

    @route(['/feedback/<string:key>/answer', '/feedback/<string:key>/finish'], type='http',
           auth='public', methods=['POST'], csrf=False, sitemap=False)
    def feedback_answer(self, key, lang=None, **post):
        """Save what was tapped or typed; the last step also finishes the questionnaire."""
        is_script = request.httprequest.accept_mimetypes.best == 'application/json'
        try:
            answers = self._open_feedback(key, lang, is_saved=True)
            if answers:
                self._ensure_not_by_paper(key, answers)
                answers._aftersales_answer_all(self._read_feedback(answers))
                self._ensure_begun(key, answers)
                if request.httprequest.path.endswith('/finish'):
                    answers._finish_aftersales()
        except UserError as error:
            request.env.cr.rollback()
            if is_script:
                return request.make_json_response({'error': error.args[0]})
            answers = self._open_feedback(key, lang)
            return self._render_feedback(key, answers, error=error.args[0])
        if is_script:
            return request.make_json_response({'saved': bool(answers)})
        return self._show_again(answers.access_token or key, lang)

    @route('/feedback/<string:key>/callback', type='http', auth='public', methods=['POST'],
           csrf=False, sitemap=False)
    def feedback_callback(self, key, lang=None, start=None, phone=None, **post):
        try:
            answers = self._open_feedback(key, lang, is_saved=True)
            if answers:
                self._ensure_not_by_paper(key, answers)
                self._ensure_begun(key, answers)
                answers._request_feedback_call(start, phone)
        except UserError as error:
            request.env.cr.rollback()
            return self._render_feedback(
                key, self._open_feedback(key, lang), error=error.args[0])
        return self._show_again(answers.access_token or key, lang)

    @route('/feedback/<string:key>/unsubscribe', type='http', auth='public',
           methods=['GET'], readonly=True, sitemap=False)
    def feedback_unsubscribe_page(self, key, lang=None, **kwargs):
        answers = self._open_feedback(key, lang)
        is_own = answers and key == answers.access_token
        return self._render_feedback(key, answers, step='unsubscribe' if is_own else None)

    @route('/feedback/<string:key>/unsubscribe', type='http', auth='public',
           methods=['POST'], csrf=False, sitemap=False)
    def feedback_unsubscribe(self, key, lang=None, **post):
        answers = self._open_feedback(key, lang)
        if not answers or key != answers.access_token:
            # others than the customer hold the printed code, too
            return self._render_feedback(key, answers)
        answers._unsubscribe_feedback()
        return self._render_feedback(key, answers, step='unsubscribed')

    # === HELPERS === #

    def _open_feedback(self, key, lang, is_saved=False):
        """Return the answers that the key opens, in the language of who answers.

        Who is logged in does not matter and is noted nowhere: colleagues answer, too.
        """
        request.update_env(user=request.env.ref('base.public_user').id)
        answers = request.env['survey.user_input']._find_by_feedback_key(key, is_saved)
        known = dict(request.env['res.lang'].get_installed())
        spoken = [lang, answers.lang_id.code, answers.partner_id.lang,
                  request.env['ir.http'].get_nearest_lang(request.best_lang)]
        request.update_context(lang=next((code for code in spoken if code in known), 'en_US'))
        return answers.with_context(lang=request.env.lang)

    def _ensure_not_by_paper(self, key, answers):
        """Let a printed key begin answers, but neither see nor change what is there."""
        if key != answers.access_token and answers.state != 'new':
            raise UserError(request.env._("This service was rated already. Thank you!"))

    def _ensure_begun(self, key, answers):
        """Let a printed key make answers only together with the first one of them.

        The page goes on by the key of the answers: who learns it has given the first answer.
        """
        if key != answers.access_token and not answers.date_scored:
            raise UserError(request.env._("Rate the service first."))

    def _read_feedback(self, answers):
        """Return ``{question: value}`` of the questions that the form sent."""
        form = request.httprequest.form
        return {
            question: form.getlist(name) if question.question_type == 'multiple_choice'
            else form.get(name)
            for question in answers.survey_id.question_ids
            if (name := f'q{question.id}') in form}

    def _show_again(self, key, lang):
        query = f'?lang={request.env.lang}' if lang else ''
        return request.redirect(f'/feedback/{key}{query}#next', code=303)

    def _render_feedback(self, key, answers, score=None, step=None, error=None):
        values = {
            'key': key, 'step': step, 'error': error, 'lang': request.env.lang,
            'title': request.env._("Your Opinion"), 'answers': answers,
            'languages': request.env['res.lang'].get_installed()}
        if answers:
            values |= answers._prepare_feedback_values(score)
            if key != answers.access_token and answers.state != 'new':
                values['is_by_paper'] = True
        response = request.render('aftersales_survey.feedback_page', values)
        response.status_code = 200 if answers else 404
        response.headers.update(HEADERS)
        return response
