from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import ReturnsCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-01-12 12:00:00')
class TestReturnRights(ReturnsCommon):
    """Agents work on their own returns and on unassigned ones; leads on all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_units(['R-1', 'R-2', 'R-3'])
        returns = cls.env['aftersales.return'].with_user(cls.agent)
        cls.own, cls.free = (returns.create({
            'partner_id': cls.customer.id, 'sale_order_id': cls.sale.id, 'user_id': user_id,
            'reason_id': cls.faulty.id, 'line_ids': [(0, 0, {'warranty_id': card.id})],
        }) for user_id, card in zip((cls.agent.id, False), cls.cards, strict=False))
        cls.returns = cls.own | cls.free

    def _find(self, user):
        returns = self.env['aftersales.return'].with_user(user)
        return returns.search([('id', 'in', self.returns.ids)])

    def test_agent_finds_own_and_unassigned_ones(self):
        self.assertEqual(self._find(self.agent), self.returns)
        self.assertEqual(self._find(self.other_agent), self.free)
        for user in self.lead, self.dispatcher, self.manager:
            with self.subTest(user=user.login):
                self.assertEqual(self._find(user), self.returns)

    def test_colleague_neither_reads_nor_changes_nor_moves_it(self):
        self.other_agent.group_ids += self.env.ref('base.group_allow_export')
        own = self.own.with_user(self.other_agent)
        line = self.own.line_ids.with_user(self.other_agent)
        for act in (
                lambda: own.read(['name']), lambda: own.write({'description': "Mine now"}),
                own.action_authorise, lambda: own.export_data(['name', 'partner_id/name']),
                lambda: line.read(['price_unit']), lambda: line.write({'price_unit': 1.0}),
                lambda: line.export_data(['verdict']), own.copy):
            with self.assertRaises(AccessError), self.cr.savepoint():
                act()

    def test_colleague_groups_and_counts_only_readable_returns(self):
        domain = [('id', 'in', self.returns.ids)]
        for user, expected in ((self.other_agent, 1), (self.agent, 2), (self.lead, 2)):
            with self.subTest(user=user.login):
                returns = self.env['aftersales.return'].with_user(user)
                groups = returns.formatted_read_group(domain, ['state'], ['__count'])
                self.assertEqual([group['__count'] for group in groups], [expected])
                lines = self.env['aftersales.return.line'].with_user(user)
                [[count, price]] = lines._read_group(
                    [('return_id', 'in', self.returns.ids)], [], ['__count', 'price_unit:sum'])
                self.assertEqual((count, price), (expected, expected * 3000.0))

    def test_who_works_on_the_order_works_on_its_return(self):
        order = self._create_order(
            warranty_id=self.cards[2].id, user_id=self.other_agent.id,
            technician_id=self.technician.id)
        record = self.env['aftersales.return'].with_user(self.lead).create({
            'order_id': order.id, 'reason_id': self.faulty.id, 'user_id': self.agent.id,
            'line_ids': [(0, 0, {'warranty_id': self.cards[2].id})]})
        for user in self.other_agent, self.technician:
            self.assertTrue(record.with_user(user).name)

    def test_workshop_sees_what_is_announced_and_waits(self):
        own = self.own.with_user(self.technician)
        with self.assertRaises(AccessError):
            own.read(['name'])
        self.own.action_authorise()
        own.action_receive()
        own.line_ids.grade = 'A'
        own.action_inspected()
        # the technician stays the inspector, not the agent who took the call
        self.assertEqual(own.inspector_id, self.technician)
        own.action_settle()
        self.assertEqual(own.state, 'settled')
        with self.assertRaises(AccessError):
            self.own.with_user(self.other_agent).read(['name'])

    def test_unit_on_the_return_of_a_colleague_is_not_offered(self):
        wizard = self.env['aftersales.return.start'].with_user(self.other_agent).with_context(
            active_model='sale.order', active_id=self.sale.id).create(
                {'reason_id': self.faulty.id})
        taken = self.own.line_ids.warranty_id
        self.assertNotIn(taken, self.env['aftersales.warranty'].concat(
            *wizard.line_ids._get_cards().values()))

    def test_statistics_are_for_leads(self):
        self.assertTrue(self.env['aftersales.return.report'].with_user(self.lead).search([]))
        for user in self.agent, self.technician:
            with self.assertRaises(AccessError):
                self.env['aftersales.return.report'].with_user(user).search([])
