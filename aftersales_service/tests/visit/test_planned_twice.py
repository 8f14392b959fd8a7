from odoo.tests import tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestPlannedTwice(AftersalesCommon):
    """A technician who is planned twice at the same time: the planner reads it at once."""

    def _create_planned(self, moment, **values):
        return self._create_order(**{
            'type_id': self.type_on_site.id, 'technician_id': self.technician.id,
            'date_planned': moment, **values})

    def test_overlapping_times_are_named(self):
        known = self._create_planned('2026-06-02 09:00:00')
        for moment, is_found in (
                ('2026-06-02 09:00:00', True), ('2026-06-02 09:59:00', True),
                ('2026-06-02 10:00:00', False), ('2026-06-02 08:00:00', False),
                ('2026-06-02 08:30:00', True), ('2026-06-03 09:00:00', False)):
            with self.subTest(moment=moment):
                order = self.env['aftersales.order'].new({
                    'type_id': self.type_on_site.id, 'technician_id': self.technician.id,
                    'date_planned': moment, 'company_id': self.env.company.id,
                    'partner_id': self.env['res.partner'].create({'name': "Other"}).id})
                found = order._find_planned_at_once()
                self.assertEqual(found, known if is_found else known.browse())
                warning = order._onchange_planned()
                self.assertEqual(bool(warning), is_found)
                if warning:
                    self.assertIn(known.name, warning['warning']['message'])

    @users('dispatcher')
    def test_form_of_a_planner_warns(self):
        known = self._create_planned('2026-06-02 09:00:00', partner_id=self.env[
            'res.partner'].sudo().create({'name': "Other"}).id)
        order = self._create_order(type_id=self.type_on_site.id)
        values = {'technician_id': self.technician.id, 'date_planned': '2026-06-02 09:30:00'}
        result = order.onchange(values, list(values), {name: {} for name in values})
        self.assertIn(known.name, result['warning']['message'])

    def test_one_place_and_workshop_orders_need_no_second_time(self):
        self._create_planned('2026-06-02 09:00:00')
        self._create_planned('2026-06-02 09:00:00', type_id=self.type_carry_in.id)
        same = self._create_planned('2026-06-02 09:00:00')
        self.assertFalse(same._find_planned_at_once())
        self.assertFalse(self._create_planned(
            '2026-06-02 09:00:00', type_id=self.type_carry_in.id)._find_planned_at_once())
