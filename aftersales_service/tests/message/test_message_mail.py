from odoo.tests import tagged

from odoo.addons.mail.tests.common import MockEmail

from .common import MessageCommon


@tagged('post_install', '-at_install')
class TestMessageMail(MockEmail, MessageCommon):
    """The mails of the shipped notifications, in the customer's language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['res.lang']._activate_lang('fr_FR')

    def _process(self, event, state=None, **values):
        rule = self.env.ref(f'aftersales_service.aftersales_notifier_{event}_email')
        rule.active = True
        order = self._create_order(**values)
        if state:
            self._move_to(order, state)
        order._notify_customer(event)
        message = order.customer_message_ids.filtered(lambda message: message.event == event)
        with self.mock_mail_gateway():
            message._process()
        return order, self._new_mails

    def test_every_shipped_mail_renders_and_reaches_the_customer(self):
        for event in ('received', 'planned', 'on_way', 'ready', 'done', 'cancelled'):
            with self.subTest(event=event):
                state = {'planned': 'scheduled', 'done': 'done'}.get(event)
                order, mails = self._process(event, state)
                self.assertEqual(mails.recipient_ids, self.customer)
                self.assertIn("Li Na", mails.body_html)
                self.assertIn(order.name, mails.subject)

    def test_mail_speaks_the_customers_language(self):
        self.customer.lang = 'fr_FR'
        template = self.env.ref('aftersales_service.mail_template_received')
        template.with_context(lang='fr_FR').subject = "Demande {{ object.name }}"
        order, mails = self._process('received')
        self.assertEqual(mails.subject, f"Demande {order.name}")
        self.assertEqual(order.customer_message_ids.lang, 'fr_FR')

    def test_rating_links_lead_to_the_rating(self):
        order, mails = self._process('done', 'done')
        token = order.rating_ids.access_token
        self.assertIn(f'/rate/{token}/5', mails.body_html)
        self.assertIn(f'/my/service/{order.id}?access_token=', mails.body_html)
