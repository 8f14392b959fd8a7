from datetime import datetime, timezone

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestDigest(ComplaintCommon):
    """The figures of complaints of June, as a person of a role gets them by e-mail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env['res.company'].create({'name': "Digest Company"})
        cls.digest = cls.env['digest.digest'].create({
            'name': "Complaints", 'company_id': cls.company.id})
        for user in cls.desk, cls.agent:
            user.company_ids = [(4, cls.company.id)]
        partners = cls.env['res.partner'].create(
            [{'name': f"Customer {number}"} for number in range(5)])
        cls.cases = cls.env['aftersales.complaint'].create([{
            'company_id': cls.company.id, 'partner_id': partner.id, 'description': "Late",
            'kind': kind, 'date_received': day, 'user_id': False,
        } for partner, kind, day in zip(
            partners, ('service', 'service', 'service', 'service', 'praise'),
            ('2026-05-01 08:00:00', '2026-06-01 08:00:00', '2026-06-30 08:00:00',
             '2026-07-01 00:00:00', '2026-06-03 08:00:00'), strict=True)])
        cls.env['aftersales.complaint.loss'].create({
            'complaint_id': cls.cases[0].id, 'value': 120.0})
        cls.cases[0].sudo().date_closed = '2026-06-30 23:59:59'
        cls.env.flush_all()
        for case, day in zip(
                cls.cases[1:3], ('2026-06-15', '2026-07-15'), strict=True):
            cls.env.cr.execute(
                "UPDATE aftersales_complaint SET date_deadline = %s WHERE id = %s",
                [day, case.id])
        cls.env.invalidate_all()

    def _as(self, user):
        digest = self.env['digest.digest'].with_user(user).browse(self.digest.id)
        return digest.with_context(
            # core hands over instants with a time zone
            start_datetime=datetime(2026, 6, 1, tzinfo=timezone.utc),
            end_datetime=datetime(2026, 7, 1, tzinfo=timezone.utc)).sudo()

    def test_open_and_late_at_the_end_of_the_month(self):
        """Two are open on the last of June, one of them late; praise is no complaint."""
        digest = self._as(self.desk)
        self.assertEqual(digest.kpi_complaint_open_value, 2)
        self.assertEqual(digest.kpi_complaint_late_value, 50.0)

    def test_loss_of_what_was_closed_in_the_month(self):
        self.assertEqual(self._as(self.desk).kpi_complaint_loss_value, 120.0)

    def test_agents_get_no_figures_of_others(self):
        for name in ('open', 'late', 'loss'):
            with self.subTest(name=name), self.assertRaisesRegex(AccessError, "figures"):
                self._as(self.agent)[f'kpi_complaint_{name}_value']
