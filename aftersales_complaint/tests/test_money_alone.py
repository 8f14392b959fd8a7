from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged, users

from .money_common import PIXEL, PenaltyCommon


@tagged('post_install', '-at_install')
class TestMoneyAlone(PenaltyCommon):
    """A small firm: one administrator decides alone what takes two where there are two."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.group_ids += cls.env.ref('aftersales_conduct.group_conduct_officer')
        agents = cls.env.ref('aftersales_service.group_aftersales_agent').all_user_ids
        others = agents | cls.officer | cls.second
        (others - cls.manager - cls.env.ref('base.user_root')).active = False

    @users('manager')
    def test_from_the_loss_to_the_payroll(self):
        case = self._create_complaint(self.env, kind='quality')
        with freeze_time('2026-01-05 12:00:00'):
            self._lose(case, value=3000, user=self.env.user)
            self._share(case, 50, user=self.env.user)
            unit = self._share(case, 50, 'department', department_id=self.department.id,
                               user=self.env.user)
            person = unit.person_ids.create({
                'liability_id': unit.id, 'employee_id': self.wu.id})
            unit.action_split_points()
            self.assertEqual(person.amount, 1500)
            case.action_serve_liability()
            unit.objection = "It was the supplier"
            unit.action_object()
            unit.ruling = "It was checked"
            unit.action_reject()
            unit.action_create_penalties()
        penalty = person.penalty_ids
        self._approve_alone(penalty)
        for day in '2026-02-05', '2026-03-05', '2026-04-05':
            self._run(f'{day} 12:00:00')
        self.assertEqual(self._rows(penalty), [
            ('2026-01', 'deduction', 500), ('2026-02', 'deduction', 500),
            ('2026-03', 'deduction', 500)])
        self.assertEqual(penalty.state, 'paid')
        export = self._export('2026-01-01', '2026-04-06 12:00:00', self.env.user)
        self.assertEqual(export.amount, 500)

    def _approve_alone(self, penalty):
        with freeze_time('2026-01-12 12:00:00'):
            penalty.action_ask_statement()
        with freeze_time('2026-01-16 12:00:00'):  # the time to answer is over
            penalty.action_approve()

    @users('manager')
    def test_counter_entry(self):
        penalty = self._penalise(self.env.user)
        self._approve_alone(penalty)
        self.env['aftersales.penalty.counter'].create({
            'penalty_id': penalty.id, 'kind': 'waiver', 'amount': 1500,
            'reason': "Hardship"}).action_propose()
        penalty.line_ids.action_approve()
        self.assertEqual(penalty.state, 'written_off')


@tagged('post_install', '-at_install')
class TestMoneyErasure(PenaltyCommon):
    """What ended penalties and closed sheets say of people goes; the amounts stay."""

    def _erase(self, records, kinds=('text', 'photo')):
        limits = self.env['aftersales.erasure.period'].sudo()._get_limits(self.env.company)
        for kind in kinds:
            before = limits[records._name, kind]
            found = records.sudo().search(
                records.sudo()._get_personal_data_domain(kind, before)
                & fields.Domain('id', 'in', records.ids))
            found._erase_personal_data([kind], 'request', before)

    def test_ended_penalty(self):
        penalty = self._approve(self._penalise(
            photo_ids=[(0, 0, {'name': "label.png", 'raw': PIXEL})]))
        self._run('2026-05-05 12:00:00')
        self._erase(penalty)
        self.assertTrue(penalty.statement)  # not three years ago
        penalty.sudo().date_ended = fields.Datetime.now() - timedelta(days=1096)
        self._erase(penalty)
        self.assertFalse(penalty.statement or penalty.reason or penalty.photo_ids)
        self.assertEqual(penalty.amount_deducted, 1500)

    def test_closed_sheet(self):
        case = self._create_complaint(kind='quality')
        unit = self._share(case, 100, 'department', department_id=self.department.id)
        self.env['aftersales.complaint.liability.person'].with_user(self.complaint_manager).create(
            {'liability_id': unit.id, 'employee_id': self.wu.id, 'reason': "Alone on two lines"})
        case.sudo().date_closed = fields.Datetime.now() - timedelta(days=1096)
        self._erase(case)
        unit = unit.sudo()
        self.assertFalse(
            unit.reason or unit.person_history or unit.photo_ids or unit.person_ids.reason)
        self.assertEqual(unit.share, 100)
