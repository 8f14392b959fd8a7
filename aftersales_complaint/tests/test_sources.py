from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestSources(ComplaintCommon):
    """Complaints that open themselves, mails, and how long they are kept."""

    def test_accident_of_a_customer_is_followed_by_a_complaint(self):
        order = self._create_order(user_id=self.agent.id)
        accident = self.env['aftersales.accident'].with_user(self.agent).create({
            'order_id': order.id, 'kind': 'injury', 'injured_count': 1,
            'description': "The glass cut a hand"})
        case = accident.sudo().complaint_ids
        self.assertRecordValues(case, [{
            'partner_id': self.customer.id, 'order_id': order.id, 'channel': 'accident',
            'kind': 'safety', 'is_injury': True, 'level': 'urgent', 'user_id': False}])
        self.assertIn('complaint_injury', case.clock_ids.mapped('kind'))

    def test_discontent_customer_opens_one_complaint(self):
        order = self._create_order().sudo()
        order.follow_up_note = "It drips"
        cases = self.env['aftersales.complaint']
        for result, count in (('content', 0), ('not_content', 1), ('not_content', 1)):
            order._on_follow_up_result(result)
            found = cases.search([('order_id', '=', order.id)])
            self.assertEqual(len(found), count)
        self.assertRecordValues(found, [{'channel': 'follow_up', 'description': "It drips"}])

    def test_low_rating_opens_one_complaint_a_high_one_none(self):
        order = self._create_order(user_id=self.agent.id).sudo()
        self._move_to(order, 'done')
        cases = self.env['aftersales.complaint']
        for stars, count in (('5', 0), ('3', 0), ('2', 1), ('1', 1)):
            order._rate_from_portal(stars, "It rattles")
            found = cases.search([('order_id', '=', order.id)])
            self.assertEqual(len(found), count, stars)
        self.assertRecordValues(found, [{'channel': 'rating', 'user_id': False}])
        self.assertIn("It rattles", found.description)
        self.env.company.complaint_rating_limit = 0
        other = self._create_order().sudo()
        self._move_to(other, 'done')
        other._rate_from_portal('1', "Bad")
        self.assertFalse(cases.search([('order_id', '=', other.id)]))

    def test_mail_opens_a_complaint_and_a_machine_none(self):
        domain = self.env['mail.alias.domain'].search([], limit=1) or (
            self.env['mail.alias.domain'].create({'name': 'example.com'}))
        alias = self.env.ref('aftersales_complaint.mail_alias_complaints')
        alias.alias_domain_id = domain

        def receive(number, headers=''):
            self.env['mail.thread'].message_process(False, (
                f'MIME-Version: 1.0\nFrom: "Li Na" <li.na@example.org>\n'
                f'To: complaints@{domain.name}\nSubject: Glass broke {number}\n'
                f'Message-Id: <{number}@example.org>\n{headers}'
                'Content-Type: text/plain; charset=utf-8\n\nThe glass broke.\n'))
            return self.env['aftersales.complaint'].search(
                [('subject', '=', f"Glass broke {number}")])

        self.assertRecordValues(receive(1), [{
            'channel': 'mail', 'description': "The glass broke.", 'user_id': False}])
        self.assertFalse(receive(2, 'Auto-Submitted: auto-replied\n'))

    def test_closed_complaint_is_erased_after_three_years_injuries_after_ten(self):
        plain, hurt, held = (self._create_complaint(
            partner_id=self.customer.copy({'phone': False}).id, is_injury=is_injury)
            for is_injury in (False, True, False))
        cases = plain | hurt | held
        cases.sudo().date_closed = fields.Datetime.now() - timedelta(days=1096)
        held.with_user(self.lead)._hold_data("In court")
        limits = self.env['aftersales.erasure.period'].sudo()._get_limits(self.env.company)

        def erase():
            found = cases.sudo().search(cases.sudo()._get_personal_data_domain(
                'text', limits['aftersales.complaint', 'text']) & fields.Domain(
                    'id', 'in', cases.ids))
            found._erase_personal_data(['text'], 'request', limits['aftersales.complaint', 'text'])
            return found

        self.assertEqual(erase(), plain)
        self.assertFalse(plain.description)
        hurt.sudo().date_closed = fields.Datetime.now() - timedelta(days=3651)
        self.assertEqual(erase(), hurt)
        self.assertTrue(held.description)

    def test_customer_hears_once_of_the_answer(self):
        case = self._settle(self._create_complaint())
        self.assertEqual(
            sorted(case.sudo().customer_message_ids.notifier_id.mapped('event')),
            ['complaint_answered', 'complaint_received'])
