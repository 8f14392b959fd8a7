import base64

from freezegun import freeze_time

from odoo.tests.common import new_test_user

from odoo.addons.aftersales_service.tests.common import SIGNATURE

from .common import ComplaintCommon

# a Monday; with five working days parties may object until the Monday after
DECIDED = '2026-03-02 12:00:00'
IN_TIME = '2026-03-09 12:00:00'
TOO_LATE = '2026-03-10 12:00:00'
PIXEL = base64.b64decode(SIGNATURE)


class MoneyCommon(ComplaintCommon):
    """Parties of a loss, officers of penalties and a team whose pay is known."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        officer = 'aftersales_conduct.group_conduct_officer'
        # admin is an officer as well: here the named ones are all there are
        cls.env.ref(officer).user_ids = False
        cls.officer = new_test_user(cls.env, 'pay_officer', officer, name="Officer Olga")
        cls.second = new_test_user(cls.env, 'pay_second', officer, name="Officer Sven")
        cls.boss = new_test_user(cls.env, 'pay_boss', 'base.group_user', name="Boss Bo")
        cls.worker = new_test_user(cls.env, 'pay_worker', 'base.group_user', name="Worker Wu")
        cls.second_manager = cls._create_colleague(
            'second_manager', 'group_complaint_manager', "Manager Mia")
        cls.supplier = cls.env['res.partner'].create({'name': "Glass Works"})
        cls.north = cls.env['aftersales.outlet'].create({
            'name': "North Station", 'partner_id': cls.env['res.partner'].create(
                {'name': "North Station"}).id})
        cls.department = cls.env['hr.department'].create({'name': "Assembly"})
        cls.job = cls.env['hr.job'].create({'name': "Fitter", 'aftersales_base_points': 1.0})
        cls.wu = cls._create_employee("Wu Wei", cls.worker)
        cls.handbook = cls.env.ref('aftersales_complaint.aftersales_penalty_scheme_handbook')
        # complaint managers write what is their company's own
        cls.handbook.company_id = cls.env.company

    @classmethod
    def _create_employee(cls, name, user=None, bonus=1000.0, wage=5000.0, **values):
        employee = cls.env['hr.employee'].create({
            'name': name, 'user_id': user.id if user else False, 'job_id': cls.job.id,
            'department_id': cls.department.id, 'date_version': '2025-01-01', **values})
        employee.version_id.write({'aftersales_bonus': bonus, 'wage': wage})
        return employee

    @classmethod
    def _switch_on(cls, scheme, *employees):
        """Let a scheme of the own company hold for these employees, who acknowledged it."""
        scheme.company_id = cls.env.company
        scheme.rule_version = '2026-1'
        scheme.with_user(cls.complaint_manager).action_switch_on()
        for employee in employees:
            cls.env['aftersales.penalty.acknowledgement'].with_user(cls.officer).create({
                'scheme_id': scheme.id, 'employee_id': employee.id})

    # === A SHEET === #

    def _lose(self, case, component='compensation', value=1000.0, user=None, **values):
        return self.env['aftersales.complaint.loss'].with_user(user or self.desk).create({
            'complaint_id': case.id, 'component': component, 'value': value, **values})

    def _share(self, case, share, party='company', user=None, **values):
        """Name a party on the sheet, with evidence."""
        return self.env['aftersales.complaint.liability'].with_user(user or self.desk).create({
            'complaint_id': case.id, 'party': party, 'share': share, 'reason': "Glass too thin",
            'photo_ids': [(0, 0, {'name': "glass.png", 'raw': PIXEL})], **values})

    def _serve(self, case, user=None, moment=DECIDED):
        with freeze_time(moment):
            case.with_user(user or self.complaint_manager).action_serve_liability()

    def _end_windows(self, moment):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref('aftersales_complaint.ir_cron_complaint_liability').sudo().method_direct_trigger()
        self.env.invalidate_all()


class PenaltyCommon(MoneyCommon):
    """A worker who acknowledged the handbook's scheme, and penalties of that worker."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._switch_on(cls.handbook, cls.wu)

    @classmethod
    def _penalise(cls, user=None, employee=None, **values):
        vals = {
            'employee_id': (employee or cls.wu).id, 'amount': 1500.0, 'reason': "Wrong label",
            'evidence': "Photo of the label", 'scheme_id': cls.handbook.id, **values}
        return cls.env['aftersales.penalty'].with_user(user or cls.officer).create(
            {name: value for name, value in vals.items() if value is not None})

    @classmethod
    def _approve(cls, penalty, moment='2026-01-12 12:00:00'):
        """Walk a penalty to the day its notice is served: asked, answered, approved."""
        with freeze_time(moment):
            penalty.action_ask_statement()
            penalty.sudo().statement = "The labels were mixed up"
            penalty.action_hand_in()
            penalty.with_user(cls.second).action_approve()
        return penalty

    def _run(self, moment):
        """Let the monthly run work on a day; it decides up to the month before."""
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref('aftersales_complaint.ir_cron_penalty_run').sudo().method_direct_trigger()
        self.env.invalidate_all()

    def _rows(self, penalty):
        return [(str(line.month)[:7], line.kind, line.amount)
                for line in penalty.sudo().line_ids.sorted(lambda line: (line.month, line.id))]

    def _export(self, month, moment, user=None):
        with freeze_time(moment):
            return self.env['aftersales.penalty.export'].with_user(user or self.officer).create({
                'month': month})
