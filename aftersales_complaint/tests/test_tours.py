from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestTours(HttpCase, ComplaintCommon):
    """A complaint by clicks: the customer writes, the desk answers, the customer accepts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = new_test_user(
            cls.env, 'tour_buyer', 'base.group_portal', name="Wu Mei at home", tz='UTC')
        new_test_user(
            cls.env, 'tour_desk', 'aftersales_complaint.group_complaint_manager', tz='UTC')
        new_test_user(cls.env, 'tour_agent', 'aftersales_service.group_aftersales_agent', tz='UTC')

    def test_portal_complaint_is_answered_and_accepted(self):
        self.start_tour('/my/complaints', 'complaint_customer_writes', login='tour_buyer')
        case = self.env['aftersales.complaint'].search(
            [('partner_id', '=', self.buyer.partner_id.id)])
        self.assertRecordValues(case, [
            {'channel': 'portal', 'wants_exchange': True, 'state': 'new'}])
        self.start_tour('/odoo/complaints', 'complaint_desk_answers', login='tour_desk',
                        timeout=120)
        self.assertEqual(case.state, 'informed')
        self.start_tour('/my/complaints', 'complaint_customer_accepts', login='tour_buyer')
        self.assertRecordValues(case, [{'state': 'settled'}])

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
