from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .wave_common import WaveCommon


@tagged('post_install', '-at_install')
class TestTourWave(HttpCase, WaveCommon):
    """The yearly survey by clicks: design, stratified sample, launch, figures, report."""

    def test_who_reads_no_orders_filters_by_them(self):
        self._create_done_orders(self._create_customers(3))
        wave = self._create_campaign(
            population='aftersales.order', domain="[('partner_id.name', '=like', 'Sampled%')]")
        self.survey_manager.password = 'survey_manager'
        with self.assertNoLogs('odoo.http', 'WARNING'):
            self.start_tour(f'/odoo/survey-waves/{wave.id}', 'aftersales_survey_wave_filter',
                            login='survey_manager')
        for model in ('order.type', 'warranty.policy', 'customer.grade', 'outlet'):
            # to choose the values of a filter
            self.env[f'aftersales.{model}'].with_user(self.survey_manager).name_search('')

    def test_stratified_wave_from_design_to_report(self):
        california, nevada = self.env.ref('base.state_us_5'), self.env.ref('base.state_us_23')
        for state in california, nevada:
            self._create_customers(60, state_id=state.id, country_id=state.country_id.id)
        # of all customers in the database these are asked
        self.env['res.partner'].search(
            [('name', 'not like', 'Sampled%')]).aftersales_survey_opt_out = True
        self.manager.password = 'manager'

        self.start_tour('/odoo/survey-waves', 'aftersales_survey_wave_launch',
                        login='manager')
        self.env.invalidate_all()
        wave = self.env['aftersales.survey.wave'].search([('name', '=', "Yearly Round")])
        self.assertRecordValues(wave, [{'state': 'running', 'asked_count': 40}])
        self.assertEqual(sum(wave.stratum_ids.mapped('drawn_count')), 40)

        invitations = wave.invitation_ids
        invitations.write({'state': 'sent', 'date_sent': '2026-11-30 08:00:00'})
        for invitation in invitations[:30]:
            answers = invitation.user_input_id
            answers._aftersales_answer_all({
                self.nps_question: 9, self.csi_question: 4, self.open_question: "Fine work"})
            answers._finish_aftersales()

        with patch.object(
                self.registry['aftersales.survey.wave'], '_get_report', autospec=True,
                side_effect=self.registry['aftersales.survey.wave']._get_report) as printed:
            self.start_tour(f'/odoo/survey-waves/{wave.id}', 'aftersales_survey_wave_report',
                            login='manager')
        self.assertTrue(printed.called)
        self.env.invalidate_all()
        self.assertEqual(wave.report_summary, "Customers are content.")
        self.assertEqual(
            [proposal['summary'] for proposal in wave._get_proposals()], ["Call before the trip"])
        page = self.env['ir.actions.report']._render_qweb_html(
            'aftersales_survey.report_survey_wave', wave.ids)[0].decode()
        for words in ("Stratified", "Call before the trip", "30 of 40 people", "Customers are"):
            self.assertIn(words, page)
