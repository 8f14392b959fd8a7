from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from .test_erasure import ErasureCommon


@tagged('post_install', '-at_install')
class TestLegalHold(ErasureCommon):
    """What is under dispute stays until a team lead releases it, whatever is asked for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls._create_person('lead', 'team_lead', "Lead Lea")

    def _run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                'aftersales_service.ir_cron_aftersales_erase_expired').method_direct_trigger()
        self.env.invalidate_all()

    def _decide(self, user, reason, **values):
        self.env['aftersales.legal.hold'].with_user(user).create({
            'res_model': 'aftersales.order', 'res_ids': self.other.ids, 'reason': reason,
            **values}).action_confirm()

    def test_held_data_stay_until_they_are_released(self):
        self.env.company.write({
            'aftersales_photo_days': 30, 'aftersales_signature_days': 30,
            'aftersales_position_days': 30})
        action = self.other.with_user(self.lead).action_legal_hold()
        self.assertFalse(action['context']['default_is_release'])
        self._decide(self.lead, "The customer went to court")
        self.assertEqual(self.other.legal_hold_user_id, self.lead)
        self._run_cron()
        self.assertEqual(self._read_data(self.other), (4, 1, 1, True))
        still_there = self.customer.with_user(self.manager)._erase_service_data()
        self.assertIn(self.other, still_there)
        self.assertEqual(self._read_data(self.other), (4, 1, 1, True))
        self._decide(self.lead, "Settled", is_release=True)
        self.assertIn("Legal hold released: Settled", self.other.message_ids[0].body)
        self._run_cron()
        self.assertEqual(self._read_data(self.other), (0, 0, 0, False))

    def test_team_leads_decide_with_a_reason(self):
        for user in (self.dispatcher, self.technician):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.other.with_user(user)._hold_data("Mine")
        with self.assertRaises(AccessError), self.cr.savepoint():
            self._decide(self.dispatcher, "Mine")
        with self.assertRaisesRegex(UserError, "Write the reason"), self.cr.savepoint():
            self._decide(self.lead, " ")
        with self.assertRaisesRegex(UserError, "no legal hold to release"), self.cr.savepoint():
            self._decide(self.lead, "Settled", is_release=True)
        for vals in ({'legal_hold_reason': "Mine"}, {'date_legal_hold': False}):
            with self.assertRaises(UserError), self.cr.savepoint():
                self.other.with_user(self.lead).write(vals)

    def test_period_of_a_model_and_kind_comes_first(self):
        self.env.company.aftersales_photo_days = 30
        period = self.env['aftersales.erasure.period'].with_user(self.manager).create({
            'res_model': 'aftersales.order', 'kind': 'photo', 'days': 0})
        self._run_cron()
        self.assertEqual(self._read_data(self.other)[1], 1)
        period.days = 200
        self._run_cron()
        self.assertEqual(self._read_data(self.other)[1], 1)
        period.days = 99
        self._run_cron()
        self.assertEqual(self._read_data(self.other)[1], 0)
        with self.assertRaises(AccessError):
            period.with_user(self.lead).days = 1

    def test_free_texts_have_a_period(self):
        self.other.write({'caller_name': "Li Na", 'follow_up_note': "Angry"})
        self.env.company.aftersales_text_days = 30
        self._run_cron()
        self.assertEqual(
            (self.other.caller_name, self.other.description, self.other.follow_up_note),
            (False, False, False))
        self.assertEqual(self.other.solution, "Capacitor changed")
        self.assertIn("Texts (4)", self.other.message_ids[0].body)
        self.open.date_closed = fields.Datetime.now() - timedelta(days=1)
        self._run_cron()
        self.assertTrue(self.open.description)

    @users('manager')
    def test_models_that_do_not_know_a_kind_are_left_alone(self):
        returns = self.env['aftersales.return']
        self.assertTrue(returns._get_personal_data_domain('position').is_false())
        self.assertFalse(returns.search(returns._get_personal_data_domain('voice')))
        self.assertEqual(self.env['aftersales.erasure']._prepare_counts(
            {'photo': 2, 'voice': 3}), {'photo_count': 2, 'other_count': 3})
