from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestPromisesReport(AftersalesCommon):
    """Promises kept, counted by hand: the clocks are written, not run."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.partner_id.tz = 'UTC'
        cls.outlet = cls.env['aftersales.outlet'].create({
            'name': "North Station", 'partner_id': cls.customer.id})
        cls.outlet.action_activate()
        cls.zone = cls.env['aftersales.zone'].create({'name': "Islands"})
        cls.near = cls._create_promised(
            {'answer': 'met', 'arrive': 'missed'}, outlet_id=cls.outlet.id,
            technician_id=cls.technician.id, severity='3')
        cls.far = cls._create_promised(
            {'answer': 'met', 'assess': 'met', 'arrive': 'met', 'close': 'void'},
            zone_id=cls.zone.id, severity='1')
        cls.quiet = cls._create_promised({'repair': 'paused'})

    @classmethod
    def _create_promised(cls, results, **values):
        """Register an order whose clocks are exactly these."""
        order = cls.env['aftersales.order'].create({
            'partner_id': cls.customer.id, 'type_id': cls.type_on_site.id,
            'date_event': '2026-03-02 08:00:00', **values})
        order.clock_ids.unlink()
        cls.env['aftersales.clock'].create([{
            'res_model': order._name, 'res_id': order.id, 'company_id': order.company_id.id,
            'kind': kind, 'duration': 1.0, 'date_start': '2026-03-02 08:00:00',
            'date_deadline': result != 'paused' and '2026-03-02 09:00:00', 'result': result,
        } for kind, result in results.items()])
        return order

    def _get_report(self):
        self.env.flush_all()
        return self.env['aftersales.order.report']

    @property
    def _ours(self):
        return [('order_id', 'in', (self.near | self.far | self.quiet).ids)]

    @users('manager')
    def test_share_of_each_order_and_kind(self):
        self.assertRecordValues(
            self._get_report().search(self._ours, order='id'), [
                {'promise_count': 2, 'promises_kept': 0.5, 'answer_kept': 1.0,
                 'arrive_kept': 0.0},
                {'promise_count': 3, 'promises_kept': 1.0, 'answer_kept': 1.0,
                 'arrive_kept': 1.0},
                {'promise_count': 0, 'promises_kept': 0.0, 'answer_kept': 0.0,
                 'arrive_kept': 0.0}])

    @users('manager')
    def test_each_promise_weighs_the_same_in_a_group(self):
        """Four of five promises were kept; of the orders it would be three quarters."""
        [[count, kept, arrived, assessed]] = self._get_report()._read_group(
            self._ours, aggregates=[
                'promise_count:sum', 'promises_kept:avg', 'arrive_kept:avg', 'assess_kept:avg'])
        self.assertEqual((count, kept, arrived, assessed), (5, 0.8, 0.5, 1.0))

    @users('manager')
    def test_groups_by_outlet_technician_zone_and_severity(self):
        for name, near, far in (
                ('outlet_id', self.outlet, self.outlet.browse()),
                ('technician_id', self.technician, self.technician.browse()),
                ('zone_id', self.zone.browse(), self.zone),
                ('severity', '3', '1')):
            with self.subTest(group=name):
                kept = dict(self._get_report()._read_group(
                    [('order_id', 'in', (self.near | self.far).ids)], [name],
                    ['promises_kept:avg']))
                self.assertEqual(kept, {near: 0.5, far: 1.0})

    @users('manager')
    def test_the_web_client_groups_alike(self):
        """The pivot asks by ``formatted_read_group``."""
        [group] = self._get_report().formatted_read_group(
            [('order_id', '=', self.near.id)], ['outlet_id', 'date_event:month'],
            ['promises_kept:avg', 'first_time_fix:avg', '__count'])
        self.assertEqual(group['promises_kept:avg'], 0.5)
        self.assertEqual(group['outlet_id'][0], self.outlet.id)

    @users('manager')
    def test_open_promise_counts_as_missed_after_its_deadline(self):
        order = self._create_promised({'close': 'running'})
        late, in_time = self.env['aftersales.clock'].search_count([]), order.clock_ids.sudo()
        self.assertTrue(late)
        in_time.date_deadline = fields.Datetime.add(fields.Datetime.now(), days=1)
        self.assertEqual(self._read_one(order).promise_count, 0)
        in_time.date_deadline = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        for result in ('running', 'paused'):  # late before the hold
            in_time.result = result
            self.assertRecordValues(
                self._read_one(order), [{'promise_count': 1, 'promises_kept': 0.0}])

    def _read_one(self, order):
        report = self._get_report()
        report.invalidate_model()
        return report.search([('order_id', '=', order.id)])

    @users('technician')
    def test_technicians_do_not_see_what_colleagues_kept(self):
        with self.assertRaises(AccessError):
            self._get_report()._read_group(
                [], ['technician_id'], ['promises_kept:avg'])

    @freeze_time('2026-07-05 08:00:00')
    def test_second_visit_is_no_first_time_fix(self):
        card = self._create_card()
        once, twice = (self.env['aftersales.order'].create({
            'warranty_id': card.id, 'type_id': self.type_on_site.id,
            'date_event': f'2026-0{month}-01 08:00:00'}) for month in (3, 7))
        once.date_done, twice.date_done = '2026-03-02 08:00:00', '2026-07-02 08:00:00'
        self.env['aftersales.visit'].create([{
            'order_ids': order.ids, 'technician_id': self.technician.id,
            'date_start': f'2026-07-0{day} 08:00:00', 'date_stop': f'2026-07-0{day} 09:00:00'}
            for order, day in ((once, 1), (once, 2), (twice, 3), (twice, 4))])
        once.visit_ids[0].missed_reason = 'absent'
        once.visit_ids[0]._set_state('missed')  # a failed visit is not counted
        once.visit_ids[1].state = 'on_site'
        twice.visit_ids.state = 'on_site'
        self.assertEqual(self._read_one(once).first_time_fix, 1.0)
        self.assertEqual(self._read_one(twice).first_time_fix, 0.0)
