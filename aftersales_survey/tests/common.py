from odoo.fields import Command

from odoo.addons.aftersales_service.tests.common import AftersalesCommon


class SurveyCommon(AftersalesCommon):
    """An interviewer, a survey manager, and a repair questionnaire of three questions.

    ``nps_question`` (0 to 10), ``csi_question`` (one item, 1 to 5, weight 100) and
    ``open_question`` belong to ``repair_survey``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.interviewer = cls._create_colleague(
            'interviewer', 'group_survey_interviewer', "Interviewer Ivy")
        cls.survey_manager = cls._create_colleague(
            'survey_manager', 'group_survey_manager', "Survey Manager Max")
        cls.repair_survey = cls.env['survey.survey'].create({
            'title': "How was the repair?", 'survey_type': 'aftersales',
            'aftersales_purpose': 'after_repair', 'access_mode': 'token',
            'question_and_page_ids': [
                Command.create({
                    'title': "Would you recommend us?", 'question_type': 'scale', 'sequence': 1,
                    'scale_min': 0, 'scale_max': 10, 'aftersales_metric': 'nps'}),
                Command.create({
                    'title': "How friendly was the technician?", 'question_type': 'scale',
                    'sequence': 2, 'scale_min': 1, 'scale_max': 5, 'aftersales_metric': 'csi',
                    'aftersales_weight': 100.0}),
                Command.create({
                    'title': "What else?", 'question_type': 'text_box', 'sequence': 3,
                    'aftersales_metric': 'open'})]})
        cls.nps_question, cls.csi_question, cls.open_question = cls.repair_survey.question_ids

    @classmethod
    def _create_colleague(cls, login, group, name):
        """Return a colleague with a role of the survey module, who has no other."""
        user = cls._create_person(login, 'agent', name)
        user.group_ids = [(6, 0, cls.env.ref(f'aftersales_survey.{group}').ids)]
        return user

    @classmethod
    def _create_wave(cls, **values):
        return cls.env['aftersales.survey.wave'].create({
            'name': "Repairs", 'survey_id': cls.repair_survey.id, **values})

    @classmethod
    def _create_answers(cls, wave=None, order=None, **values):
        """Return the empty answers of one person, invited by ``wave`` about ``order``."""
        document = order or cls.customer
        wave = wave or cls._create_wave()
        invitation = cls.env['aftersales.survey.invitation'].create({
            'wave_id': wave.id, 'company_id': wave.company_id.id, 'res_model': document._name,
            'res_id': document.id, 'partner_id': cls.customer.id,
            'order_id': order.id if order else False})
        answers = cls.env['survey.user_input'].create({
            'survey_id': wave.survey_id.id, 'aftersales_invitation_id': invitation.id, **values})
        invitation.user_input_id = answers
        return answers
