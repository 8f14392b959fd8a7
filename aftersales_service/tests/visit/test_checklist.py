from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from ..common import SIGNATURE
from .common import VisitCommon


@tagged('post_install', '-at_install')
class TestChecklist(VisitCommon):
    """Checks are laid out at dispatch; the mandatory ones are answered before the end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls._create_template(
            {'name': "Power is cut", 'phase': 'before_work', 'is_mandatory': True},
            {'name': "Shoe covers", 'phase': 'before_work'},
            {'name': "It cools", 'phase': 'after', 'is_mandatory': True, 'needs_photo': True})

    def _arrive(self):
        order = self._dispatch().with_user(self.env.user)
        order.action_next()
        order.signature = SIGNATURE
        return order, order.checklist_ids

    def test_checks_come_with_the_dispatch_and_only_once(self):
        order = self._dispatch()
        self.assertEqual(
            order.checklist_ids.mapped('name'), ["Power is cut", "Shoe covers", "It cools"])
        order.action_plan_again()
        order.action_next()
        self.assertEqual(len(order.checklist_ids), 3)

    def test_shipped_installation_brings_its_checks_home(self):
        order = self._dispatch(type_id=self.type_installation.id)
        order.action_next()
        order.signature = SIGNATURE
        self.assertTrue(order.checklist_ids.filtered('is_mandatory'))
        with self.assertRaisesRegex(UserError, "mandatory checks"):
            order.action_done()
        order.checklist_ids.filtered('is_mandatory').write(
            {'result': 'ok', 'photo': SIGNATURE})
        order.action_done()

    def test_shipped_checks_of_a_repair_are_a_guide(self):
        order = self._dispatch(type_id=self.type_on_site.id)
        self.assertTrue(order.checklist_ids)
        order.action_next()
        order.signature = SIGNATURE
        order.action_done()

    def test_archived_checks_and_other_companies_stay_away(self):
        company = self.env['res.company'].create({'name': "Second Company"})
        self.template.line_ids[1].active = False
        self._create_template({'name': "Foreign"}).company_id = company
        self.assertNotIn("Shoe covers", self._dispatch().checklist_ids.mapped('name'))
        self.assertNotIn("Foreign", self._dispatch().checklist_ids.mapped('name'))

    @users('technician')
    def test_mandatory_checks_are_answered_before_done(self):
        order, (power, __, cools) = self._arrive()
        with self.assertRaisesRegex(UserError, "mandatory checks first .*Power is cut"):
            order.action_done()
        power.result = 'not_ok'
        cools.write({'result': 'ok', 'photo': SIGNATURE})
        order.action_done()
        self.assertEqual(order.state, 'done')
        self.assertEqual(power.user_id, self.env.user)
        self.assertTrue(power.date_answered)

    @users('technician')
    def test_demanded_photo_is_part_of_the_answer(self):
        order, (power, __, cools) = self._arrive()
        (power | cools).result = 'ok'
        with self.assertRaisesRegex(UserError, "It cools"):
            order.action_done()
        cools.result = 'na'
        order.action_done()
        self.assertEqual(order.state, 'done')

    @users('technician')
    def test_later_demands_do_not_touch_orders_under_way(self):
        order, (power, shoes, cools) = self._arrive()
        self.template.line_ids.sudo().is_mandatory = True
        (power | cools).result = 'na'
        order.action_done()
        self.assertFalse(shoes.result)

    def test_installation_asks_for_power_wall_gas_and_water(self):
        order = self._dispatch(type_id=self.type_installation.id)
        mandatory = order.checklist_ids.filtered('is_mandatory').mapped('name')
        for word in ("Power", "Wall", "Gas", "Water", "emergency"):
            self.assertTrue(any(word in name for name in mandatory), word)

    def test_seven_ones_are_seven(self):
        template = self.env.ref('aftersales_service.aftersales_checklist_template_seven')
        self.assertEqual(template.line_count, 7)

    def test_used_checks_are_not_deleted(self):
        self._dispatch()
        for used in (self.template, self.template.line_ids[:1]):
            with self.assertRaisesRegex(UserError, "archive it instead"):
                used.with_user(self.manager).unlink()
        self._create_template({'name': "Never used"}).with_user(self.manager).unlink()

    def test_only_administrators_write_checklists(self):
        with self.assertRaises(AccessError):
            self.template.with_user(self.dispatcher).name = "Mine"
        self.template.with_user(self.manager).name = "Ours"
        line = self._dispatch(user_id=self.manager.id).checklist_ids[:1]
        with self.assertRaises(AccessError):
            line.with_user(self.other_technician).result = 'ok'
        with self.assertRaises(AccessError):
            line.with_user(self.employee).read(['result'])
