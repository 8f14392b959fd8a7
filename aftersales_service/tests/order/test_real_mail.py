import base64
from email.message import EmailMessage

from odoo.tests import tagged
from odoo.tests.common import new_test_user

from .mail_common import MailDoorCommon


def pack(words, charset):
    """Return an encoded word of a header, as mail clients write it."""
    return f'=?{charset}?B?{base64.b64encode(words).decode()}?='


@tagged('post_install', '-at_install')
class TestMailCharsets(MailDoorCommon):
    """Words arrive as they were written, whatever the mail says of its charset."""

    def test_text_is_read_by_what_it_is(self):
        words = "李镕的空调不冷"
        for label in ('gb2312', 'x-gbk', 'windows-936', 'gb2312_charset', 'GBK', 'cp936',
                      'utf-8', 'us-ascii', 'unknown-8bit', 'gb18030', '"gb2312"'):
            with self.subTest(label=label):
                order = self._deliver(f'Content-Type: text/plain; charset={label}',
                                      words.encode('gbk'))
                self.assertEqual(order.description, f"Fan\n{words}")

    def test_text_without_a_charset_is_kept(self):
        words = "李镕的空调不冷"
        for encoding in ('gbk', 'utf-8'):
            for headers in ('', 'Content-Type: text/plain', 'Content-Type: text/html',
                            'Content-Type: text/plain\nContent-Transfer-Encoding: 8bit'):
                with self.subTest(encoding=encoding, headers=headers):
                    order = self._deliver(headers, words.encode(encoding))
                    self.assertEqual(order.description, f"Fan\n{words}")

    def test_part_of_a_nested_mail_is_read_by_what_it_is(self):
        words = "李镕的空调不冷"
        for label in ('charset=gb2312', 'charset=x-gbk', 'format=flowed'):
            with self.subTest(label=label):
                body = b'\n'.join([
                    b'--A', b'Content-Type: multipart/alternative; boundary=B', b'',
                    b'--B', f'Content-Type: text/plain; {label}'.encode(),
                    b'Content-Transfer-Encoding: base64', b'',
                    base64.b64encode(words.encode('gbk')),
                    b'--B', f'Content-Type: text/html; {label}'.encode(), b'',
                    f'<p>{words}</p>'.encode('gbk'), b'--B--',
                    b'--A', b'Content-Type: application/pdf; name="=?gb2312?B?wO7pRi5wZGY=?="',
                    b'Content-Disposition: attachment; filename="=?x-gbk?B?wO7pRi5wZGY=?="',
                    b'Content-Transfer-Encoding: base64', b'', b'JVBERg==', b'--A--', b''])
                order = self._deliver('Content-Type: multipart/mixed; boundary=A', body)
                self.assertEqual(order.description, f"Fan\n{words}")
                self.assertEqual(order.message_ids.attachment_ids.mapped('name'), ["李镕.pdf"])

    def test_headers_are_read_by_what_they_are(self):
        words = "李镕的空调".encode('gbk')
        for subject in (pack(words, 'gb2312'), pack(words, 'x-gbk'), pack(words, 'windows-936'),
                        f"{pack(words[:3], 'gb2312')}\n {pack(words[3:], 'gb2312')}"):
            with self.subTest(subject=subject):
                order = self._deliver(f'Subject: {subject}')
                self.assertEqual(order.description, "李镕的空调\nThe fan is loud.")
        order = self._deliver(b'Subject: ' + words + b'\nFrom: ' + words + b' <li@example.org>')
        self.assertEqual(order.description, "李镕的空调\nThe fan is loud.")
        self.assertRecordValues(order.partner_id, [
            {'name': "李镕的空调", 'email': 'li@example.org'}])

    def test_sender_with_a_name_in_a_made_up_charset_is_known(self):
        name = pack("李镕".encode('gbk'), 'gb2312')
        order = self._deliver(sender=f'{name} <li@example.org>')
        self.assertRecordValues(order.partner_id, [{'name': "李镕", 'email': 'li@example.org'}])
        name = pack("李娜".encode('gbk'), 'x-gbk')
        again = self._deliver(sender=f'"{name}" <li@example.org>')
        self.assertEqual(again.partner_id, order.partner_id)


@tagged('post_install', '-at_install')
class TestMachineMail(MailDoorCommon):
    """What machines write to nobody in particular opens neither orders nor customers."""

    def test_machines_open_nothing(self):
        calendar = (
            'Content-Type: multipart/alternative; boundary=A',
            b'--A\nContent-Type: text/plain\n\nAccepted\n--A\n'
            b'Content-Type: text/calendar; method=REPLY; charset=utf-8\n\n'
            b'BEGIN:VCALENDAR\nEND:VCALENDAR\n--A--\n')
        subject = pack("自动回复: 风扇".encode('gbk'), 'gb2312')
        for headers, body in (
                ('Auto-Submitted: auto-replied', b''),
                ('Auto-Submitted: auto-generated\nIn-Reply-To: <x@example.com>\n'
                 'X-Auto-Response-Suppress: All', b''),
                ('X-Autoreply: yes', b''), ('X-Autorespond: Fan', b''),
                ('Precedence: bulk', b''), ('Precedence: auto_reply', b''),
                ('List-Id: News <news.example.org>', b''),
                (f'Subject: {subject}', b''), ('Subject: 自动回复：风扇', b''),
                ('Subject: Automatic reply: Fan', b''), calendar,
                ('From: postmaster@example.org', b''), ('From: Mail <MAILER-DAEMON@x.org>', b''),
                ('Return-Path: <>', b''), ('From: <>', b''), ('From:', b'')):
            with self.subTest(headers=headers):
                partners = self.env['res.partner'].search_count([])
                self.assertFalse(self._deliver(headers, body or b"I am away."))
                self.assertEqual(self.env['res.partner'].search_count([]), partners)

    def test_people_and_their_shops_open_orders(self):
        domain = self.alias.alias_domain_id.name
        for headers in (
                'Auto-Submitted: no', 'Auto-Submitted: auto-generated', 'X-Autoreply: no',
                'Precedence: normal', 'Return-Path: <wang@example.org>',
                'Subject: Re: automatic door', 'Subject: My automatic replyer is broken',
                # the list through which our own mail comes to us
                f'List-Id: Service <service.{domain}>\nPrecedence: list'):
            with self.subTest(headers=headers):
                self.assertEqual(len(self._deliver(headers)), 1)

    def test_invitation_of_a_customer_opens_an_order(self):
        self.assertTrue(self._deliver(
            'Content-Type: text/calendar; method=REQUEST; charset=utf-8',
            b'BEGIN:VCALENDAR\nEND:VCALENDAR'))


@tagged('post_install', '-at_install')
class TestKnownOrder(MailDoorCommon):
    """A mail about a known order belongs to it, and somebody reads it (I8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.email = 'li.na@example.com'
        cls.env.company.aftersales_dispatcher_id = cls.dispatcher
        cls.order = cls.env['aftersales.order'].create({
            'partner_id': cls.customer.id, 'description': "Loud", 'user_id': False})

    def _write(self, **values):
        return self._deliver(sender='Li Na <li.na@example.com>', **values)

    def _answer(self, order, headers=''):
        words = "We come"
        ours = order.message_post(body=words, subtype_xmlid='mail.mt_comment')
        return self._write(headers=f'In-Reply-To: {ours.message_id}\n{headers}')

    def _get_todos(self, order):
        return order.activity_ids.filtered(lambda activity: "The customer wrote" in (
            activity.summary or ''))

    def test_answer_about_an_order_without_handler_is_read(self):
        self.assertFalse(self._answer(self.order))
        self.assertEqual(self._get_todos(self.order).user_id, self.dispatcher)
        self._answer(self.order)
        self.assertEqual(len(self._get_todos(self.order)), 1)

    def test_handler_is_notified_as_of_any_message(self):
        self.order.with_context(tracking_disable=False).user_id = self.agent
        self._answer(self.order)
        self.assertFalse(self._get_todos(self.order))
        message = self.order.message_ids.filtered(lambda one: one.message_type == 'email')
        self.assertIn(self.agent.partner_id, message.notified_partner_ids)

    def test_words_about_a_closed_order_are_read(self):
        self.order.user_id = self.agent
        self.order.close_reason = "Solved"
        self.order.action_cancel()
        self.assertFalse(self._answer(self.order))
        self.assertEqual(self._get_todos(self.order).user_id, self.agent)
        self.assertIn("closed order", self._get_todos(self.order).summary)

    def test_automatic_answer_asks_nobody(self):
        self._answer(self.order, 'Auto-Submitted: auto-replied')
        self.assertFalse(self._get_todos(self.order))
        self.assertTrue(self.order.message_ids.filtered(
            lambda message: message.message_type == 'email'))

    def test_colleague_asks_nobody(self):
        user = new_test_user(self.env, 'colleague', email='colleague@example.net')
        first = self.order.message_ids.filtered('message_id')[:1]
        self._deliver(f'In-Reply-To: {first.message_id}',
                      sender=f'Colleague <{user.email}>')
        self.assertFalse(self._get_todos(self.order))

    def test_number_in_the_subject_finds_the_order(self):
        for subject in (f"It broke again {self.order.name}", f"回复：[{self.order.name}] 风扇"):
            with self.subTest(subject=subject):
                self.assertFalse(self._write(subject=subject))
        self.assertEqual(len(self.order.message_ids.filtered(
            lambda message: message.message_type == 'email')), 2)
        self.assertEqual(self._get_todos(self.order).user_id, self.dispatcher)

    def test_number_of_somebody_else_opens_an_order_that_says_so(self):
        order = self._deliver(subject=f"Fan {self.order.name}")
        self.assertEqual(len(order), 1)
        self.assertEqual(order.partner_id.email, 'wang@example.org')
        self.assertFalse(self.order.message_ids.filtered(
            lambda message: message.message_type == 'email'))
        self.assertTrue(any(order.name in body for body in self.order.message_ids.mapped('body')))
        self.assertTrue(any(self.order.name in body for body in order.message_ids.mapped('body')))

    def test_colleague_who_names_an_order_writes_a_note(self):
        user = new_test_user(self.env, 'colleague', email='colleague@example.net')
        self.assertFalse(self._deliver(
            sender=f'Colleague <{user.email}>', subject=f"FYI {self.order.name}"))
        message = self.order.message_ids.filtered(lambda one: one.message_type == 'email')
        self.assertTrue(message.is_internal)
        self.assertEqual(message.subtype_id, self.env.ref('mail.mt_note'))

    def test_message_on_the_page_is_read_too(self):
        words = {'body': "Still loud", 'message_type': 'comment',
                 'subtype_xmlid': 'mail.mt_comment'}
        self.order.with_user(self.env.ref('base.user_root')).message_post(
            author_id=self.customer.id, **words)
        self.assertEqual(self._get_todos(self.order).user_id, self.dispatcher)


@tagged('post_install', '-at_install')
class TestWhoWrote(MailDoorCommon):
    """The customer is who wrote the words (I8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = new_test_user(cls.env, 'colleague', email='colleague@example.net')
        cls.sender = "Colleague <colleague@example.net>"

    def test_visitor_of_a_web_form_is_the_customer(self):
        for number, sender in enumerate((
                'Shop <no-reply@shop.example>', f'Form <{self.address}>',
                f'Form <www@{self.alias.alias_domain_id.name}>', 'Unknown <x@y.example>',
                self.sender)):
            with self.subTest(sender=sender):
                order = self._deliver(
                    f'Reply-To: Ann Lee <ann{number}@example.org>', sender=sender)
                self.assertEqual(order.partner_id.email, f'ann{number}@example.org')
                self.assertEqual(order.message_ids.filtered(
                    lambda message: message.message_type == 'email').email_from,
                    f'"Ann Lee" <ann{number}@example.org>')
        self.assertFalse(self.env['res.partner'].search([('email', '=', 'no-reply@shop.example')]))

    def test_known_customer_who_wants_the_answer_elsewhere_stays_the_customer(self):
        self.customer.email = 'li.na@example.org'
        order = self._deliver('Reply-To: office@example.org', sender='li.na@example.org')
        self.assertEqual(order.partner_id, self.customer)

    def test_our_own_echo_opens_no_order(self):
        self.assertFalse(self._deliver(sender=self.address))
        self.assertFalse(self._deliver(f'Reply-To: {self.address}', sender=self.address))
        self.assertFalse(self._deliver(
            'Reply-To: ann@example.org\nX-Odoo-Objects: sale.order-1', sender=self.address))

    def test_forwarded_mail_is_of_its_writer(self):
        for number, body in enumerate((
                "FYI\n\n---------- Forwarded message ---------\nFrom: Ann Lee <{0}>\nDate: Mon",
                "\n------------------ 原始邮件 ------------------\n发件人: \"李娜\" <{0}>;\n"
                "发送时间: 2026年6月2日\n收件人: \"colleague\"<colleague@example.net>;",
                "---- 转发的邮件 ----\n| 发件人 | 李娜<{0}> |\n| 日期 | 2026年06月02日 |",
                "________________________________\n发件人: 李娜 <{0}>\n发送时间: 2026年6月2日\n",
                "-----Original Message-----\nFrom: Ann Lee [mailto:{0}]\nSent: Monday\n",
                "> Begin forwarded message:\n> \n> From: Ann Lee <{0}>\n> Subject: Fan\n",
                # a colleague answered in between
                "From: Colleague <colleague@example.net>\nTo: x\n\n> From: Ann <{0}>\n")):
            with self.subTest(body=body):
                email = f'customer{number}@example.org'
                order = self._deliver(
                    'Content-Type: text/plain; charset=utf-8', body.format(email).encode(),
                    sender=self.sender, subject="Fwd: Fan")
                self.assertEqual(order.partner_id.email, email)

    def test_forwarded_html_is_of_its_writer(self):
        body = ('<div>------------------&nbsp;Original&nbsp;------------------</div><div>'
                '<b>From: </b>&nbsp;"李娜"&lt;<a href="mailto:li@example.org">li@example.org</a>'
                '&gt;;</div><div><b>Date: </b>Mon</div>')
        order = self._deliver('Content-Type: text/html; charset=utf-8', body.encode(),
                              sender=self.sender, subject="转发：风扇")
        self.assertRecordValues(order.partner_id, [{'name': "李娜", 'email': 'li@example.org'}])

    def test_attached_mail_is_of_its_writer(self):
        inner, mail = EmailMessage(), EmailMessage()
        inner['From'], inner['Subject'] = "Ann Lee <ann@example.org>", "Fan"
        inner.set_content("Loud")
        mail.set_content("See attached")
        mail.add_attachment(inner)
        head, __, body = mail.as_bytes().partition(b'\n\n')
        order = self._deliver(head, body, sender=self.sender, subject="FW: Fan")
        self.assertEqual(order.partner_id.email, 'ann@example.org')

    def test_forwarded_mail_without_a_writer_has_no_customer(self):
        order = self._deliver(sender=self.sender, subject="转发: Fan")
        self.assertFalse(order.partner_id)

    def test_mail_of_a_colleague_is_theirs(self):
        order = self._deliver(sender=self.sender, subject="My own fan")
        self.assertEqual(order.partner_id, self.colleague.partner_id)

    def test_customer_who_forwards_stays_the_customer(self):
        self.customer.email = 'li.na@example.com'
        order = self._deliver(
            body=b"From: Shop <shop@example.org>\nYour invoice", sender='li.na@example.com',
            subject="Fwd: Invoice")
        self.assertEqual(order.partner_id, self.customer)
