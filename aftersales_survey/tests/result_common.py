from datetime import datetime

from .common import SurveyCommon

ASKED = datetime(2019, 10, 12, 9)


class ResultCommon(SurveyCommon):
    """People who were asked, with the results and scores that a test names."""

    asked = 0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wave = cls._create_wave()
        cls.wave.state = 'running'
        cls.pudong, cls.minhang = cls.env['aftersales.outlet'].create(
            [{'name': name, 'partner_id': cls.customer.id, 'state': 'active'}
             for name in ("Pudong Station", "Minhang Station")])

    @classmethod
    def _ask(cls, number, wave=None, state='sent', asked=ASKED, **values):
        """Ask ``number`` people of whom nothing came back yet; return their invitations."""
        wave = wave or cls.wave
        cls.asked += number
        return cls.env['aftersales.survey.invitation'].create([{
            'wave_id': wave.id, 'company_id': wave.company_id.id, 'state': state,
            # a wave asks about a record once; figures do not look at the record
            'res_model': 'res.partner', 'res_id': 10 ** 6 + cls.asked * 1000 + person,
            'date_sent': asked, 'partner_id': cls.customer.id, **values}
            for person in range(number)])

    @classmethod
    def _answer(cls, scores, wave=None, asked=ASKED, answers=None, **values):
        """Let one person answer for each dict of scores; return the answers."""
        wave = wave or cls.wave
        invitations = cls._ask(len(scores), wave, 'answered', asked, **values)
        inputs = cls.env['survey.user_input'].create([{
            'survey_id': wave.survey_id.id, 'company_id': wave.company_id.id,
            'aftersales_invitation_id': invitation.id, 'aftersales_wave_id': wave.id,
            'aftersales_outlet_id': invitation.outlet_id.id, 'partner_id': cls.customer.id,
            'date_scored': asked, 'state': 'done', **(answers or {}), **score}
            for invitation, score in zip(invitations, scores, strict=True)])
        for invitation, answered in zip(invitations, inputs, strict=True):
            invitation.user_input_id = answered
        return inputs

    def _get_figures(self, groupby=None, domain=(), **kwargs):
        self.env.flush_all()
        report = self.env['aftersales.survey.report'].with_user(self.survey_manager)
        return report._get_figures(
            [('wave_id', '=', self.wave.id), *domain], groupby, **kwargs)
