from odoo import fields
from odoo.tests.common import TransactionCase, new_test_user

from odoo.addons.aftersales_service.tests import people


class ConductCommon(TransactionCase):
    """A worker with a user, two officers, an approver who is no officer, a stranger."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        officer = 'aftersales_conduct.group_conduct_officer'
        # admin is an officer as well: here the two named ones are all there are
        cls.env.ref(officer).user_ids = False
        cls.officer = new_test_user(cls.env, 'officer', officer, name="Officer Olga")
        cls.second = new_test_user(cls.env, 'second', officer, name="Officer Sven")
        cls.worker = new_test_user(cls.env, 'worker', 'base.group_user', name="Worker Wu")
        cls.boss = new_test_user(cls.env, 'boss', 'base.group_user', name="Boss Bo")
        cls.stranger = people.get_employee(cls.env)
        cls.env.company.resource_calendar_id.tz = 'UTC'
        cls.department = cls.env['hr.department'].create({'name': "Assembly"})
        cls.wu = cls.env['hr.employee'].create({
            'name': "Wu Wei", 'user_id': cls.worker.id, 'department_id': cls.department.id})
        cls.sanction = cls.env.ref('aftersales_conduct.aftersales_sanction_warning')
        cls.offence = cls.env['aftersales.offence'].create({
            'code': 'T01', 'name': "Valve forgotten", 'points': 3,
            'sanction_id': cls.sanction.id})
        cls.praise = cls.env['aftersales.offence'].create({
            'code': 'T02', 'name': "Praised", 'kind': 'merit', 'points': 5,
            'sanction_id': cls.env.ref(
                'aftersales_conduct.aftersales_sanction_commendation').id})

    def _write_notice(self, user=None, **values):
        return self.env['aftersales.notice'].with_user(user or self.officer).create({
            'employee_id': self.wu.id, 'offence_id': self.offence.id,
            'act_date': fields.Date.today(), 'facts': "A valve was not mounted",
            'evidence': "Photo of line 3", **values})

    def _serve(self, notice):
        """Walk a demerit to the day it is served: asked, answered, approved by another."""
        notice.action_ask_statement()
        notice.with_user(self.worker).statement = "I was alone on two lines"
        notice.with_user(self.worker).action_hand_in()
        notice.action_propose()
        notice.with_user(self.second).action_approve()
        return notice

    def _close_appeal(self, notice):
        """Let the time to appeal pass."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE aftersales_notice SET appeal_date = CURRENT_DATE - 1 WHERE id = %s",
            [notice.id])
        notice.invalidate_recordset()
