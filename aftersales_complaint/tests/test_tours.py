from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestTours(HttpCase, ComplaintCommon):
    """The intake desk by clicks: one box, and what is known already."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        new_test_user(cls.env, 'tour_agent', 'aftersales_service.group_aftersales_agent', tz='UTC')

    def test_agent_notes_a_second_call_at_the_intake_desk(self):
        anna = new_test_user(
            self.env, 'anna', 'aftersales_service.group_aftersales_agent', name="Agent Anna")
        owner = self.env['res.partner'].create({'name': "Wu Mei"})
        card = self._create_card(
            serial='TOUR-9001', partner_id=owner.id, delivery_date=fields.Date.today())
        case = self._create_complaint(
            self.env(user=anna), partner_id=owner.id, warranty_id=card.id)
        self.start_tour('/odoo/complaint-intake/new', 'complaint_intake', login='tour_agent')
        self.assertIn("It is still too loud", case.sudo().message_ids[:3].mapped('body')[0])
        self.assertEqual(len(self.env['aftersales.complaint'].search(
            [('partner_id', '=', owner.id)])), 1)
