from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged, users

from .common import ClockCommon


@tagged('post_install', '-at_install')
class TestClockAccess(ClockCommon):
    """Clocks and holds are read by those who may read their record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order(cls, user_id=cls.agent.id)
        cls.order._pause_clocks(cls.reason)
        cls.domain = [('res_model', '=', cls.order._name), ('res_id', '=', cls.order.id)]
        cls.sister = cls.env['res.company'].create({'name': "Sister"})
        cls.stranger = cls._create_person('sister_agent', 'agent', "Agent of the Sister")
        cls.stranger.write({
            'company_id': cls.sister.id, 'company_ids': [Command.set(cls.sister.ids)]})

    def _lines(self):
        for model in ('aftersales.clock', 'aftersales.clock.pause'):
            with self.subTest(model=model):
                yield self.env[model], self.env[model].sudo().search(self.domain)

    @users('agent')
    def test_handler_reads_the_clocks_of_the_order(self):
        for model, lines in self._lines():
            self.assertEqual(model.search(self.domain), lines.with_env(self.env))
            self.assertEqual(model.search_count(self.domain), len(lines))
            lines.with_env(self.env).check_access('read')
            self.assertTrue(lines.with_env(self.env).read(['display_name']))

    def test_who_may_not_read_the_order_reads_none(self):
        """An agent of another company, a colleague of another desk, and an agent's colleague."""
        self.env.flush_all()
        for user in (self.stranger, self.employee, self.other_agent):
            for model, lines in self._lines():
                model, lines = model.with_user(user), lines.with_user(user).sudo(False)
                with self.subTest(user=user.name):
                    self.assertFalse(model.search(self.domain))
                    self.assertFalse(model._read_group(self.domain, ['company_id']))
                    self.assertFalse(lines._filtered_access('read'))
                    self.env.invalidate_all()
                    with self.assertRaises(AccessError):
                        lines.read(['company_id'])

    @users('manager')
    def test_who_may_not_write_the_record_corrects_no_hold(self):
        [hold] = self.env['aftersales.clock.pause'].search(self.domain)
        hold.note = "Customer abroad"
        self.env['ir.rule'].sudo().create({
            'name': "Frozen", 'model_id': self.env['ir.model']._get_id('aftersales.order'),
            'domain_force': [('id', '!=', self.order.id)], 'perm_read': False})
        with self.assertRaises(AccessError):
            hold.note = "Forgot to call"
        hold.check_access('read')
