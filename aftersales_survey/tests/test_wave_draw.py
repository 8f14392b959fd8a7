from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged, users

from .wave_common import WaveCommon


@tagged('post_install', '-at_install')
class TestWaveDraw(WaveCommon):
    """Whom a wave draws, whom it leaves out, and what it says about the sample."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls._create_customers(20)

    # === SIZE AND WORDS === #

    def test_words_say_what_the_sample_tells(self):
        wave = self._create_campaign()
        words = wave._explain(560, 500, 500)
        # 218 of 500, and 727 where 30 % answer: domain 4.5
        for part in ("500 of 560", "± 5 points at 95 %", "218 of 500", "with 30 % answers ask 727",
                     "All 500 are asked", "about 150 answers", "± 6.7 points"):
            self.assertIn(part, words)
        self.assertIn("no margin of error", self._create_campaign(
            method='quota', stratum_by='region')._explain(500, 500, 400))

    @users('survey_manager')
    def test_three_fields_and_one_click_make_a_wave(self):
        self._create_done_orders(self.customers[:5])
        form = Form(self.env['aftersales.survey.draw'])
        form.survey_id = self.repair_survey
        form.population = 'aftersales.order'
        form.margin = '10'
        self.assertIn("can be asked", form.explanation)
        action = form.save().action_draw()
        wave = self.env['aftersales.survey.wave'].browse(action['res_id'])
        self.assertEqual(wave.state, 'drawn')
        self.assertGreaterEqual(wave.asked_count, 5)
        self.assertIn("can be asked", wave.explanation)

    def test_the_seed_draws_the_same_list_again(self):
        wave = self._create_campaign(size_wished=7)
        wave.action_draw()
        drawn, seed = wave.drawn_ids, wave.seed
        self.assertEqual((len(drawn), wave.asked_count, wave.eligible_count), (7, 7, 20))
        wave.action_redraft()
        self.assertFalse(wave.drawn_ids)
        wave.action_draw()
        self.assertEqual((wave.drawn_ids, wave.seed), (drawn, seed))
        self.assertNotEqual(self._create_campaign(size_wished=7).seed, seed)

    # === EXCLUSIONS === #

    def test_who_is_left_out_is_counted(self):
        today = fields.Date.context_today(self.env.user)
        firm = self.env['res.partner'].create({
            'name': "Firm", 'is_company': True, 'aftersales_last_survey_date': today})
        self.customers[0].aftersales_survey_opt_out = True
        self.customers[1].parent_id = firm  # the firm was asked today
        self.customers[2].aftersales_last_survey_date = today - timedelta(days=100)
        self.customers[3].email = False
        self.agent.partner_id.name = "Sampled Agent"
        wave = self._create_campaign(size_wished=5)
        wave.action_draw()
        self.assertEqual({reason: count for reason, count in wave.exclusions.items() if count}, {
            'staff': 1, 'opt_out': 1, 'recent': 1, 'no_channel': 1})
        self.assertEqual((wave.population_count, wave.eligible_count), (21, 17))
        self.assertIn("Own staff: 1", wave.exclusion_note)
        gone = self.customers[0] | self.customers[1] | self.customers[3]
        self.assertFalse(set(wave.drawn_ids) & set(gone.ids))

    def test_telephone_waves_call_whoever_the_desk_can_dial(self):
        """Two numbers in a field, or an extension, are no number in full, and dialled."""
        self.env.company.country_id = self.env.ref('base.cn')
        phones = ["+86 139-1111-0006 / 021-55500018", "13911110007转8001", "13911110008",
                  "ask at the gate", False]
        for customer, phone in zip(self.customers[:5], phones, strict=True):
            customer.write({'phone': phone, 'country_id': self.env.ref('base.cn').id})
        wave = self._create_campaign(
            channel='phone', domain=f"[('id', 'in', {self.customers[:5].ids})]", size_wished=3)
        wave.action_draw()
        self.assertEqual(sorted(wave.drawn_ids), sorted(self.customers[:3].ids))
        self.assertEqual(wave.exclusions['no_channel'], 2)

    def test_few_expected_answers_tell_no_margin(self):
        wave = self._create_campaign()
        self.assertIn("too few to tell a share", wave._explain(1, 1, 1))
        self.assertNotIn("100.0", wave._explain(20, 20, 20))
        self.assertIn("tell a share within", wave._explain(2000, 2000, 400))

    def test_a_wave_is_divided_by_what_its_population_has(self):
        wave = self._create_campaign()
        self.assertEqual(wave.stratum_choices, ['region', 'country', 'grade'])
        wave.population = 'aftersales.order'
        self.assertIn('outlet', wave.stratum_choices)

    def test_own_outlets_are_no_customers(self):
        (self.north | self.south).partner_id.email = 'outlet@example.com'
        self.north.partner_id.name = "Sampled North"
        self.env['res.partner'].create({
            'name': "Sampled Colleague", 'parent_id': self.south.partner_id.id,
            'email': 'colleague@example.com'})
        wave = self._create_campaign(size_wished=5)
        wave.action_draw()
        self.assertEqual(wave.exclusions['staff'], 2)
        self.assertEqual(wave.eligible_count, 20)

    def test_a_company_is_one_customer(self):
        firm = self.customers[0]
        firm.is_company = True
        self.customers[1:4].parent_id = firm
        orders = self._create_done_orders(self.customers[:3])
        wave = self._create_campaign()
        wave.action_draw()
        self.assertEqual((wave.eligible_count, wave.exclusions['repeated']), (17, 3))
        self.assertIn(firm.id, wave.drawn_ids)
        of_orders = self._create_campaign(
            population='aftersales.order', domain="[('partner_id.name', '=like', 'Sampled%')]")
        of_orders.action_draw()
        self.assertEqual(of_orders.drawn_ids, orders[-1].ids)  # the newest

    def test_test_orders_and_open_ones_are_not_asked_about(self):
        orders = self._create_done_orders(self.customers[:4])
        orders[0].is_test = True
        self._create_order(partner_id=self.customers[5].id)
        wave = self._create_campaign(
            population='aftersales.order', domain="[('partner_id.name', '=like', 'Sampled%')]")
        wave.action_draw()
        self.assertEqual(wave.drawn_ids, orders[1:].ids)
        self.assertEqual(wave.exclusions['test'], 1)

    # === METHODS === #

    def _create_order_wave(self, **values):
        self._create_done_orders(self.customers[:12], outlet_id=self.north.id)
        self._create_done_orders(self.customers[12:16], outlet_id=self.south.id)
        return self._create_campaign(
            population='aftersales.order', domain="[('partner_id.name', '=like', 'Sampled%')]",
            **values)

    def test_strata_are_drawn_in_proportion(self):
        wave = self._create_order_wave(method='stratified', stratum_by='outlet', size_wished=8)
        wave.action_draw()
        self.assertRecordValues(wave.stratum_ids.sorted('name'), [
            {'name': "North", 'population_count': 12, 'drawn_count': 6},
            {'name': "South", 'population_count': 4, 'drawn_count': 2}])

    def test_neyman_follows_the_deviations_that_were_set(self):
        wave = self._create_order_wave(
            method='stratified', stratum_by='outlet', size_wished=8, allocation='neyman')
        wave.action_count_groups()
        north, south = wave.stratum_ids.sorted('name')
        north.deviation, south.deviation = 0.1, 0.3  # N s: 1.2 and 1.2
        wave.action_draw()
        self.assertEqual((north.drawn_count, south.drawn_count), (4, 4))

    def _answer_earlier(self, outlet, *scores):
        """Let people rate what an outlet did, as the page stores it."""
        self.env['survey.user_input'].create([{
            'survey_id': self.repair_survey.id, 'company_id': self.env.company.id,
            'aftersales_outlet_id': outlet.id, 'date_scored': fields.Datetime.now(),
            **score} for score in scores])
        self.env.flush_all()

    def test_neyman_takes_the_figure_that_the_questionnaire_has(self):
        """No CSAT is no deviation of zero: the index is asked for, and few answers take all's."""
        self._answer_earlier(self.north, *[{'csi': 70.0}, {'csi': 90.0}] * 20)
        self._answer_earlier(self.south, *[{'csi': 20.0}] * 3)
        wave = self._create_order_wave(
            method='stratified', stratum_by='outlet', size_wished=8, allocation='neyman')
        wave.action_draw()
        north, south = wave.stratum_ids.sorted('name')
        # by hand: √(40 × 100 / 39) = 10.127; within both √(4000 / (39 + 2)) = 9.877
        self.assertEqual([(row.deviation_basis, round(row.deviation, 3))
                          for row in north | south], [('own', 0.101), ('all', 0.099)])
        self.assertEqual((north.drawn_count, south.drawn_count), (6, 2))
        self.assertIn("Index (CSI)", wave.explanation)
        self.assertIn("of their own answers: 1, of all answers: 1, typed in: 0", wave.explanation)
        wave.action_redraft()
        south.deviation = 0.3
        self.assertEqual(south.deviation_basis, 'typed')
        wave.action_draw()
        self.assertEqual((north.drawn_count, south.drawn_count), (4, 4))
        self.assertIn("typed in: 1", wave.explanation)

    def test_neyman_knows_nothing_of_few_answers(self):
        self._answer_earlier(self.north, *[{'csi': 70.0}, {'csi': 90.0}] * 14)
        wave = self._create_order_wave(
            method='stratified', stratum_by='outlet', size_wished=8, allocation='neyman')
        wave.action_draw()
        self.assertEqual(set(wave.stratum_ids.mapped('deviation')), {0.5})
        self.assertIn("Divided by size alone", wave.explanation)

    def test_neyman_of_nps_and_of_groups_that_agree(self):
        promoter = {'nps': 10, 'nps_class': 'promoter', 'nps_points': 100}
        detractor = {'nps': 0, 'nps_class': 'detractor', 'nps_points': -100}
        self._answer_earlier(self.north, *[promoter, detractor] * 30)
        self._answer_earlier(self.south, *[promoter] * 30)
        wave = self._create_order_wave(
            method='stratified', stratum_by='outlet', size_wished=8, allocation='neyman')
        wave.action_count_groups()
        # 0.5 at most; half of √(60 × 10000 / (59 + 29)) / 200 where all agree
        self.assertEqual([round(row.deviation, 3) for row in wave.stratum_ids.sorted('name')],
                         [0.5, 0.206])

    def test_an_impossible_quota_names_the_cell(self):
        wave = self._create_order_wave(method='quota', stratum_by='outlet')
        wave.action_count_groups()
        north, south = wave.stratum_ids.sorted('name')
        north.quota, south.quota = 5, 6
        with self.assertRaisesRegex(
                UserError, r"cells.*: South \(6 > 4\)"), self.env.cr.savepoint():
            wave.action_draw()
        south.quota = 2
        wave.action_draw()
        self.assertEqual((north.drawn_count, south.drawn_count, wave.asked_count), (5, 2, 7))

    def test_clusters_and_stages_take_whole_outlets(self):
        wave = self._create_order_wave(method='cluster', cluster_by='outlet', cluster_count=1)
        wave.action_draw()
        self.assertIn(wave.asked_count, (12, 4))
        wave.action_redraft()
        wave.write({'method': 'multi_stage', 'stratum_by': 'region', 'stage_count': 1,
                    'cluster_count': 2, 'size_wished': 8})
        wave.action_draw()
        self.assertEqual(wave.asked_count, 8)
        wave.action_redraft()
        wave.stage_count = 4
        with self.assertRaisesRegex(
                UserError, "draws 4 groups of 1"), self.env.cr.savepoint():
            wave.action_draw()

    def test_no_outlet_is_asked_more_often_than_its_quota(self):
        wave = self._create_order_wave(outlet_quota=5)
        wave.action_draw()
        self.assertEqual((wave.eligible_count, wave.exclusions['quota']), (9, 7))

    # === BAD INPUT === #

    def test_a_sample_larger_than_the_population_is_refused(self):
        wave = self._create_campaign(size_wished=21)
        with self.assertRaisesRegex(
                UserError, "asks 21 customers, but only 20"), self.env.cr.savepoint():
            wave.action_draw()
        self.assertEqual(wave.state, 'draft')

    def test_a_deadline_in_the_past_is_refused(self):
        wave = self._create_campaign(date_deadline='2026-01-01 00:00:00')
        with self.assertRaisesRegex(UserError, "deadline has passed"):
            wave.action_draw()

    def test_nobody_to_ask_is_refused(self):
        wave = self._create_campaign(domain="[('name', '=', 'Nemo')]")
        with self.assertRaisesRegex(UserError, "widen the filter"):
            wave.action_draw()

    def test_a_questionnaire_without_figures_draws_nothing(self):
        self.nps_question.aftersales_metric = self.csi_question.aftersales_metric = False
        with self.assertRaises(UserError):
            self._create_campaign().action_draw()
        self.csi_question.write({'aftersales_metric': 'csi', 'aftersales_weight': 90})
        with self.assertRaises(UserError):
            self._create_campaign().action_draw()

    def test_a_feature_that_the_population_lacks_is_refused(self):
        for values in ({'method': 'stratified', 'stratum_by': 'outlet'}, {'method': 'cluster'},
                       {'kind': 'trigger', 'event': 'order_done'}):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._create_campaign(**values)

    # === RIGHTS === #

    def test_a_filter_gives_nothing_away(self):
        for population, domain in (
                ('aftersales.order', "[('access_token', '=like', 'a%')]"),
                ('aftersales.order', "[('partner_id', 'any', [('signup_token', '=', 'x')])]"),
                ('res.partner', "[('user_ids.totp_secret', '!=', False)]"),
                ('res.partner', "[('aftersales_grade_id', 'any', [('no_such', '=', 1)])]"),
                ('res.partner', "[('message_ids.body', 'ilike', 'secret')]"),
                ('res.partner', "[('parent_id', 'any!', [('name', '=', 'x')])]"),
                ('res.partner', "[(uid, '=', 1)]")):
            with self.subTest(domain), self.assertRaises(ValidationError):
                self._create_campaign(population=population, domain=domain)

    def test_managers_count_what_they_do_not_read(self):
        orders = self._create_done_orders(self.customers[:3])
        orders[0].company_id = self.env['res.company'].create({'name': "Abroad"})
        own = self.env['aftersales.survey.wave'].with_user(self.survey_manager)
        with self.assertRaises(AccessError):
            orders.with_user(self.survey_manager).search_count([])
        found = [('partner_id.name', '=like', 'Sampled%')]
        self.assertEqual(own.count_population('aftersales.order', found), 2)
        for population, domain in (
                ('aftersales.order', [('access_token', '!=', False)]), ('res.users', []),
                ('aftersales.order', [('nonsense', '=', 1)]), ('aftersales.order', "x")):
            with self.subTest(domain):
                self.assertIs(own.count_population(population, domain), False)
        for login in ('interviewer', 'employee', 'agent'):
            with self.subTest(login), self.assertRaises(AccessError):
                own.with_user(getattr(self, login)).count_population('aftersales.order', found)

    def test_steps_and_their_results_are_the_managers_own(self):
        wave = self._create_campaign(size_wished=3)
        for values in ({'state': 'running'}, {'seed': 1}, {'drawn_ids': [1]},
                       {'asked_count': 9}, {'exclusions': {}}):
            with self.subTest(values), self.assertRaises(AccessError):
                wave.write(values)
        with self.assertRaises(AccessError):
            wave.stratum_ids.create({'wave_id': wave.id, 'feature': 'x', 'key': '1', 'name': "X"})
        with self.assertRaises(AccessError):
            wave.stratum_ids = [Command.create({'feature': 'outlet', 'key': '1', 'name': "X"})]
        with self.assertRaises(AccessError):
            wave.invitation_ids = [Command.create({
                'company_id': wave.company_id.id, 'res_model': 'res.partner',
                'res_id': self.customers[0].id})]
        forged = wave.with_context(default_seed=5, default_state='running', default_drawn_ids=[1])
        copy = forged.create({'survey_id': self.repair_survey.id})
        self.assertEqual((copy.state, copy.drawn_ids), ('draft', False))
        self.assertNotEqual(copy.seed, 5)
        wave.action_draw()
        with self.assertRaisesRegex(UserError, "list of recipients"):
            wave.size_wished = 5
        for login in ('interviewer', 'employee', 'agent'):
            with self.subTest(login), self.assertRaises(AccessError):
                wave.with_user(getattr(self, login)).action_redraft()

    def test_an_employee_sees_no_wave(self):
        self._create_campaign()
        for login in ('employee', 'agent'):
            with self.subTest(login), self.assertRaises(AccessError):
                self.env['aftersales.survey.wave'].with_user(getattr(self, login)).search([])
        self.assertTrue(self.env['aftersales.survey.wave'].with_user(self.interviewer).search([]))

    def test_another_company_stays_apart(self):
        abroad = self.env['res.company'].create({'name': "Abroad"})
        wave = self.env['aftersales.survey.wave'].create({
            'company_id': abroad.id, 'survey_id': self.repair_survey.id})
        own = self.env['aftersales.survey.wave'].with_user(self.survey_manager)
        self.assertNotIn(wave, own.search([]))
        with self.assertRaises(AccessError):
            wave.with_user(self.survey_manager).action_draw()
        with self.assertRaises(AccessError):
            own.create({'company_id': abroad.id, 'survey_id': self.repair_survey.id})
        orders = self._create_done_orders(self.customers[:2])
        orders[0].company_id = abroad
        mine = self._create_campaign(
            population='aftersales.order', domain="[('partner_id.name', '=like', 'Sampled%')]")
        mine.action_draw()
        self.assertEqual(mine.drawn_ids, orders[1].ids)
