from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import new_test_user
from odoo.tools import mute_logger

from .common import OutletCommon

# a Monday; with five working days the outlet may object until the Monday after
MONDAY = '2026-03-02 12:00:00'
IN_TIME = '2026-03-09 12:00:00'
TOO_LATE = '2026-03-10 12:00:00'


class OutletChargeCommon(OutletCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team_lead = cls._create_person('team_lead', 'team_lead', "Lead Lena")
        cls.manager = cls._create_person('charge_manager', 'manager', "Manager Mo")
        cls.north.manager_id = cls.wang
        cls.south.manager_id = cls.chen
        with freeze_time(MONDAY):
            cls.charge = cls._charge()

    @classmethod
    def _charge(cls, **values):
        return cls.env['aftersales.outlet.charge'].with_user(cls.team_lead).create({
            'outlet_id': cls.north.id, 'amount': 80.0, 'reason': "Key lost", **values})

    def _object(self, moment=IN_TIME, user=None, reason="The key hangs in the van"):
        with freeze_time(moment):
            self.charge.with_user(user or self.wang)._object_for_outlet(reason)


@tagged('post_install', '-at_install')
class TestOutletCharge(OutletChargeCommon):
    """What an outlet owes: who charges it, who objects until when, who decides, what stays."""

    def test_time_to_object_counts_the_working_days_of_the_company(self):
        self.assertEqual(str(self.charge.objection_date), '2026-03-09')
        self.env['resource.calendar.leaves'].create({
            'name': "Holiday", 'calendar_id': self.env.company.resource_calendar_id.id,
            'date_from': '2026-03-04 00:00:00', 'date_to': '2026-03-04 23:59:59'})
        with freeze_time(MONDAY):
            self.assertEqual(str(self._charge().objection_date), '2026-03-10')
            # one that is dated back is read today
            self.assertEqual(
                str(self._charge(date='2026-01-05').objection_date), '2026-03-10')
            self.env.company.aftersales_objection_days = 0
            self.assertFalse(self._charge().objection_date)

    def test_boss_objects_with_a_reason_and_a_lead_decides(self):
        with self.assertRaisesRegex(UserError, "reason of the objection"):
            self._object(reason="  ")
        self._object()
        self.assertRecordValues(self.charge, [{
            'state': 'objected', 'objection': "The key hangs in the van",
            'objector_id': self.wang.id}])
        self.assertIn(self.team_lead, self.charge.activity_ids.user_id)
        with self.assertRaisesRegex(UserError, "Give the reasons of the decision"):
            self.charge.action_reject()
        self.charge.decision_note = "It does not"
        self.charge.action_reject()
        self.assertRecordValues(self.charge, [{
            'state': 'rejected', 'decider_id': self.team_lead.id}])
        self.assertFalse(self.charge.activity_ids)
        with self.assertRaisesRegex(UserError, "cannot become “Objected”"):
            self._object()
        self.charge._settle()
        self.assertEqual(self.charge.state, 'settled')

    def test_the_document_is_named_for_its_readers_also_where_core_reads_as_superuser(self):
        order = self._create_order(user_id=self.other_agent.id)
        charge = self.charge.sudo()
        charge.write({'res_model': order._name, 'res_id': order.id})
        for user, name in ((self.agent, False), (self.employee, False),
                           (self.team_lead, order.display_name)):
            with self.subTest(user=user.login):
                self.env.invalidate_all()
                self.assertEqual(charge.with_user(user).sudo().record_name, name)

    def test_upheld_objection_ends_the_charge(self):
        self._object()
        self.charge.action_uphold()
        with self.assertRaisesRegex(UserError, "cannot become “Settled”"):
            self.charge._settle()

    def test_after_the_window_the_charge_stands(self):
        with self.assertRaisesRegex(UserError, "time to object to this charge ended on 03/09/2026"):
            self._object(TOO_LATE)
        self.env.company.aftersales_objection_days = 0
        with freeze_time(MONDAY):
            self.charge = self._charge()
        with self.assertRaisesRegex(UserError, "No objection to this charge is possible"):
            self._object(MONDAY)

    def test_no_other_user_objects_or_decides(self):
        technician = new_test_user(
            self.env, 'norths_own', 'aftersales_service.group_aftersales_technician')
        self.north.member_ids |= technician
        # the other outlet, a technician of the station and of the centre, an agent, a lead
        for user in self.chen, self.zhao, technician, self.agent, self.team_lead:
            with self.subTest(user=user.name), self.assertRaisesRegex(
                    AccessError, "an outlet that you lead"):
                self._object(user=user)
        self._object()
        for user in self.wang, self.zhao, technician, self.agent, self.dispatcher:
            for step in ('action_uphold', 'action_reject', 'action_settle', 'action_object'):
                with self.subTest(user=user.name, step=step), self.assertRaises(AccessError):
                    getattr(self.charge.with_user(user), step)()
        self.north.member_ids |= self.team_lead
        self.north.manager_id = self.team_lead
        with self.assertRaisesRegex(AccessError, "Another team lead"):
            self.charge.action_uphold()

    def test_settled_and_disputed_charges_stay(self):
        with freeze_time(IN_TIME), self.assertRaisesRegex(UserError, "may still object"):
            self.charge.action_settle()
        self.assertNotIn(self.charge, self._get_final(IN_TIME))
        self.assertIn(self.charge, self._get_final(TOO_LATE))
        self._object()
        self.assertNotIn(self.charge, self._get_final(TOO_LATE))
        with self.assertRaisesRegex(UserError, "cannot become “Settled”: North Station"):
            self.charge._settle()
        for vals in ({'amount': 1.0}, {'reason': "No"}, {'objection': "None"}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "stay as they are"):
                self.charge.write(vals)
        for user in self.team_lead, self.manager:
            with self.subTest(user=user.name), self.assertRaises(UserError):
                self.charge.with_user(user).unlink()
        self.charge.action_uphold()
        with self.assertRaisesRegex(UserError, "stay as they are"):
            self.charge.decision_note = "Changed my mind"

    def test_people_of_an_outlet_do_not_change_what_it_owes(self):
        boss = self._create_person('boss', 'team_lead', "Boss Bea")
        self.north.write({'member_ids': [(4, boss.id)], 'manager_id': boss.id})
        charge = self.charge.with_user(boss)
        for vals in {'amount': 1.0}, {'reason': "Nothing"}, {'date': '2026-01-01'}:
            with self.subTest(vals=vals), self.cr.savepoint(), self.assertRaisesRegex(
                    AccessError, "You work for the outlet"):
                charge.write(vals)
        with freeze_time(TOO_LATE), self.assertRaisesRegex(AccessError, "You work for"):
            charge.action_settle()
        with self.assertRaisesRegex(AccessError, "You work for"), self.cr.savepoint():
            charge.copy()
        self.manager.group_ids += self.env.ref('aftersales_service.group_aftersales_manager')
        self.north.member_ids += self.manager
        with self.assertRaisesRegex(AccessError, "You work for"):
            self.charge.with_user(self.manager).unlink()
        for user in self.wang, self.zhao:  # portal users
            with self.assertRaises(AccessError):
                self.charge.with_user(user).write({'amount': 1.0})
        self._object(user=boss)
        self.assertEqual(self.charge.state, 'objected')

    def _get_final(self, moment):
        with freeze_time(moment):
            charges = self.env['aftersales.outlet.charge']
            return charges.search(charges._get_final_domain())

    def test_only_steps_and_sources_write_what_follows_from_them(self):
        with self.assertRaises(AccessError):
            self.charge.with_user(self.agent).create({
                'outlet_id': self.north.id, 'amount': 1.0, 'reason': "No"})
        facts = {'state': 'settled', 'user_id': self.agent.id, 'res_model': 'aftersales.order',
                 'res_id': 1, 'kind': 'appraisal', 'objection_date': '2030-01-01',
                 'date_settled': MONDAY, 'decider_id': self.agent.id}
        for name, value in facts.items():
            with self.subTest(name=name):
                with self.assertRaisesRegex(AccessError, "is protected"):
                    self.charge.write({name: value})
                with self.assertRaisesRegex(AccessError, "is protected"):
                    self._charge(**{name: value})
        with self.assertRaisesRegex(AccessError, "Outlet"):
            self.charge.outlet_id = self.south

    def test_an_outlet_may_get_money_but_a_source_charges_once(self):
        self.assertEqual(self._charge(amount=-20.0).amount, -20.0)
        vals = {'outlet_id': self.north.id, 'amount': 1.0, 'reason': "Twice",
                'res_model': 'aftersales.outlet', 'res_id': self.south.id}
        charges = self.env['aftersales.outlet.charge'].sudo()
        charges.create(vals)
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'):
            charges.create(vals)

    def test_charges_are_read_by_leads_and_by_their_outlet(self):
        outsider = new_test_user(
            self.env, 'outsider', 'aftersales_service.group_aftersales_technician')
        self.south.member_ids |= outsider
        own = new_test_user(self.env, 'own', 'aftersales_service.group_aftersales_technician')
        self.north.member_ids |= own
        abroad = self.env['res.company'].create({'name': "Abroad"})
        foreigner = new_test_user(
            self.env, 'foreigner', 'aftersales_service.group_aftersales_team_lead',
            company_id=abroad.id, company_ids=[(6, 0, abroad.ids)])
        for user in self.chen, self.zhao, outsider, self.agent, foreigner:
            charge = self.charge.with_user(user)
            with self.subTest(user=user.name):
                with self.assertRaises(AccessError):
                    charge.read(['amount'])
                self.assertFalse(charge.search([]))
        for user in self.wang, own, self.team_lead:
            with self.subTest(user=user.name):
                self.assertEqual(self.charge.with_user(user).amount, 80.0)
        with self.assertRaises(AccessError):
            self.charge.with_user(self.wang).write({'objection': "By RPC"})
