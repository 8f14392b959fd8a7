from email.message import EmailMessage
from unittest.mock import patch
from uuid import uuid4

from odoo.tests import tagged

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestBadMail(AftersalesCommon):
    """Whatever arrives at the service address, one mail is one order or none, and no loop."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.alias_domain_id = cls.env['mail.alias.domain'].search([], limit=1) or (
            cls.env['mail.alias.domain'].create({'name': 'example.com'}))
        cls.alias = cls.env.ref('aftersales_service.mail_alias_service')
        cls.alias.alias_domain_id = cls.env.company.alias_domain_id
        cls.address = cls.alias.alias_full_name

    def _receive(self, sender='wang@example.org', headers=(), attachments=0, **values):
        """Deliver a mail at the real door and return the orders that mails opened."""
        mail = EmailMessage()
        mail['From'] = f"Wang Wei <{sender}>"
        mail['To'] = values.get('to', self.address)
        mail['Subject'] = values.get('subject', "Fan")
        mail['Message-Id'] = values.get('number', f'<{uuid4()}@example.org>')
        for name, value in dict(headers).items():
            mail[name] = value
        mail.set_content("The fan is loud.")
        for number in range(attachments):
            mail.add_attachment(
                f"note {number}".encode(), maintype='text', subtype='plain',
                filename=f'note {number}.txt')
        self.env['mail.thread'].message_process(False, mail.as_bytes())
        return self._get_orders()

    def _get_orders(self):
        return self.env['aftersales.order'].search([('channel', '=', 'email')])

    def test_fifty_attachments_are_all_kept_on_one_order(self):
        order = self._receive(attachments=50)
        self.assertEqual(len(order), 1)
        files = order.message_ids.attachment_ids
        self.assertEqual(len(files), 50)
        self.assertEqual(files.mapped('res_id'), order.ids * 50)

    def test_orders_have_numbers_whatever_the_subjects_are(self):
        self._receive(subject="Fan")
        orders = self._receive(subject="Fan")
        self.assertEqual(orders.mapped('description'), ["Fan\nThe fan is loud."] * 2)
        for order in orders:
            self.assertRegex(order.name, r'^SV/')

    def test_same_mail_twice_opens_one_order(self):
        self._receive(number='<once@example.org>')
        self.assertEqual(len(self._receive(number='<once@example.org>')), 1)

    def test_automatic_reply_opens_no_order(self):
        for value in ('auto-replied', 'Auto-Replied; owner-email="x@example.org"'):
            self.assertFalse(self._receive(headers={'Auto-Submitted': value}))
        self.assertFalse(self.env['res.partner'].search([('email', '=', 'wang@example.org')]))

    def test_what_a_shops_machine_writes_opens_one(self):
        for value in ('auto-generated', 'no'):
            self._receive(headers={'Auto-Submitted': value})
        self.assertEqual(len(self._get_orders()), 2)

    def test_automatic_reply_about_an_order_is_kept_there(self):
        order = self._receive(number='<first@example.org>')
        self._receive(headers={
            'Auto-Submitted': 'auto-replied', 'In-Reply-To': '<first@example.org>',
            'References': '<first@example.org>'})
        self.assertEqual(self._get_orders(), order)
        self.assertEqual(
            len(order.message_ids.filtered(lambda message: message.message_type == 'email')), 2)

    def test_mail_from_our_own_address_opens_no_order(self):
        self.assertFalse(self._receive(sender=self.address))
        self.assertTrue(self._receive(sender='somebody@example.org'))

    def test_machine_that_writes_without_end_is_stopped(self):
        self.env['ir.config_parameter'].set_param('mail.gateway.loop.threshold', '3')
        for __ in range(5):
            self._receive(sender='robot@example.org')
        self.assertEqual(len(self._get_orders()), 3)
        self._receive(sender='li.na@example.com')
        self.assertEqual(len(self._get_orders()), 4)

    def test_every_document_with_the_flag_stands_behind_the_guard(self):
        contacts = self.env['res.partner']
        contacts_alias = self.env['mail.alias'].create({
            'alias_name': 'contacts', 'alias_model_id': self.env['ir.model']._get_id('res.partner'),
            'alias_domain_id': self.alias.alias_domain_id.id})
        reply = {'to': contacts_alias.alias_full_name, 'headers': {
            'Auto-Submitted': 'auto-replied'}}
        with patch.object(type(contacts), '_is_mail_loop_guarded', True):
            self._receive(subject="Out of office", **reply)
        self.assertFalse(contacts.search([('name', '=', "Out of office")]))
        self._receive(subject="Out of office", **reply)
        self.assertTrue(contacts.search([('name', '=', "Out of office")]))
