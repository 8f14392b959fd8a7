from odoo.exceptions import AccessError
from odoo.tests import tagged

from .money_common import MoneyCommon


@tagged('post_install', '-at_install')
class TestLimits(MoneyCommon):
    """Limits are set by others than those they bind, and not by other companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env['aftersales.complaint.rule']
        cls.administrator = cls.env['res.users'].create({
            'name': "Admin Ada", 'login': 'limit_admin',
            'group_ids': [(4, cls.env.ref('aftersales_service.group_aftersales_manager').id)]})
        cls.authority = cls.rules.create({
            'name': "Up to 1,000", 'subject': 'authority', 'amount_limit': 1000,
            'company_id': cls.env.company.id,
            'group_id': cls.env.ref('aftersales_complaint.group_complaint_manager').id})
        cls.minimum = cls.env['aftersales.minimum.wage'].create({
            'state_id': cls.env.ref('base.state_us_1').id, 'amount': 2000,
            'date_from': '2026-01-01'})

    def test_manager_does_not_raise_the_own_limit(self):
        with self.assertRaises(AccessError):
            self.authority.with_user(self.complaint_manager).amount_limit = 99999
        own = self.rules.with_user(self.complaint_manager).create({
            'name': "Injured", 'subject': 'level', 'level': 'urgent', 'is_injury': True})
        self.assertEqual(own.company_id, self.env.company)
        for vals in {'subject': 'authority', 'group_id': self.authority.group_id.id}, {
                'company_id': False}:
            with self.subTest(vals=vals), self.assertRaises(AccessError), self.cr.savepoint():
                own.write(vals)
        own.level = 'major'
        self.authority.with_user(self.administrator).amount_limit = 2000

    def test_shared_records_are_for_administrators(self):
        shared = self.rules.create({'name': "All", 'subject': 'level', 'level': 'urgent'})
        scheme = self.handbook.copy({'company_id': False})
        stage = self.env['aftersales.complaint.stage'].search([], limit=1)
        for record, vals in ((shared, {'level': 'major'}), (scheme, {'months_max': 99}),
                             (self.minimum, {'amount': 1}), (stage, {'name': "Other"})):
            for user in self.complaint_manager, self.officer:
                with self.subTest(model=record._name, user=user.name), self.assertRaises(
                        AccessError):
                    record.with_user(user).write(vals)
            record.with_user(self.administrator).write(vals)
        self.handbook.with_user(self.complaint_manager).months_max = 12
