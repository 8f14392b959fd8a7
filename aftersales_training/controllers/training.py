from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, request, route

from odoo.addons.aftersales_service.tools.qr import qr_png

FRESH = [('Cache-Control', 'no-store')]


class TrainingPages(Controller):
    """The screen with the code that changes, and the way of a learner to an exam."""

    @route('/training/sign-in/<int:session_id>', type='http', auth='user', methods=['GET'],
           readonly=True)
    def training_screen(self, session_id):
        """Show the code to sign in with; to who holds the session and training officers only."""
        session = self._get_screen_session(session_id)
        return request.render('aftersales_training.sign_in_screen', {
            'session': session, 'title': request.env._("Sign In"),
            **self._prepare_code(session)}, headers=dict(FRESH))

    @route('/training/sign-in/<int:session_id>/code', type='http', auth='user', methods=['GET'],
           readonly=True)
    def training_code(self, session_id):
        """Return the code of this moment, as a picture, and how many signed in."""
        return request.make_json_response(
            self._prepare_code(self._get_screen_session(session_id)), headers=FRESH)

    @route('/my/jobs/training/<int:attendance_id>/exam/<string:kind>', type='http', auth='user',
           methods=['GET'])
    def training_exam(self, attendance_id, kind):
        """Lead a learner to the own exam, and to no exam of others."""
        attendance = request.env['aftersales.training.attendance'].sudo().browse(
            attendance_id).exists()
        # the learner's own: nothing of another is opened, also not to who may read it
        if not attendance or attendance.user_id != request.env.user:
            raise request.not_found()
        try:
            return request.redirect(attendance._open_exam(kind), local=False)
        except UserError as error:
            return request.render('aftersales_training.exam_refused', {
                'reason': str(error), 'title': request.env._("Theory Exam"),
                'lang': request.env.lang})

    def _get_screen_session(self, session_id):
        session = request.env['aftersales.training.session'].browse(session_id)
        try:
            session._check_screen_access()
        except (AccessError, UserError):
            raise request.not_found() from None
        return session

    def _prepare_code(self, session):
        code = session._make_sign_in_code()
        link = f'{session.get_base_url()}/my/jobs?sign_in={code}#page/training'
        # how many signed in is shown, who did is not
        signed_in = len(session.sudo().attendance_ids.filtered('date_signed_in'))
        return {
            'image': f'data:image/png;base64,{qr_png(link).decode()}',
            'signed_in': signed_in, 'people': session.seats_taken}
