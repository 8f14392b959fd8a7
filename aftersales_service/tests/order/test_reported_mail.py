import base64
from email.message import EmailMessage

from odoo.tests import tagged
from odoo.tools import mute_logger

from .mail_common import MailDoorCommon

PNG = base64.b64decode(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==')


@tagged('post_install', '-at_install')
class TestReportedMail(MailDoorCommon):
    """Mails at which comparable systems stopped, as their public bug reports tell."""

    def _assert_opened(self, order, words, files=()):
        self.assertEqual(len(order), 1)
        self.assertIn(words, order.description)
        self.assertEqual(sorted(order.message_ids.attachment_ids.mapped('name')), sorted(files))

    def _pack(self, *parts, kind='multipart/mixed'):
        """Return header and body of a mail of raw parts."""
        body = b''.join(b'--A\n' + part + b'\n' for part in parts) + b'--A--\n'
        return f'Content-Type: {kind}; boundary=A\nMIME-Version: 1.0', body

    def test_text_in_utf8_with_the_label_of_another(self):
        """zammad#6054: Outlook in Chinese; and what older web forms do."""
        for label in ('gb2312', 'gbk', 'iso-8859-1', 'windows-1252', 'big5'):
            with self.subTest(label=label):
                order = self._deliver(f'Content-Type: text/plain; charset={label}',
                                      "空调 – 不冷".encode())
                self._assert_opened(order, "空调 – 不冷")
        order = self._deliver('Content-Type: text/plain; charset=iso-8859-1', "Müller".encode())
        self._assert_opened(order, "Müller")

    def test_charsets_that_python_calls_otherwise(self):
        """frappe#26001, zammad#2224 and #3951, zulip#2328, freescout#4282."""
        for label, codec, words in (
                ('windows-874', 'cp874', "แอร์ไม่เย็น"), ('windows-1258', 'cp1258', "m’établir"),
                ('iso-8859-2', 'iso-8859-2', "próba mailból"), ('gb2312', 'gbk', "どうもお世話"),
                ('iso-8859-8-i', 'iso-8859-8', "שלום"), ('cp-850', 'cp850', "Größe"),
                ('ks_c_5601-1987', 'cp949', "에어컨"), ('hz-gb-2312', 'hz', "空调不冷"),
                ('utf8mb4', 'utf-8', "空调不冷"), ('bogus', 'utf-8', "空调不冷")):
            with self.subTest(label=label):
                order = self._deliver(
                    f'Content-Type: text/plain; charset={label}\n'
                    'Content-Transfer-Encoding: 8bit', words.encode(codec))
                self._assert_opened(order, words)

    def test_bytes_of_no_charset_at_all(self):
        """odoo#35485, #119930 and #277516: also where the original is kept."""
        for body in (b'Fan \xff\xfe\x81 loud', "Größe \ufffd ".encode(), b'\xea\xb0', b'\x00Fan'):
            with self.subTest(body=body):
                self.assertEqual(len(self._deliver('', body)), 1)
        raw = (f'From: x@example.org\r\nTo: {self.address}\r\nSubject: Fan\r\n'
               'Message-Id: <orig@x>\r\nContent-Type: text/plain; charset=utf-8\r\n'
               'Content-Transfer-Encoding: 8bit\r\n\r\n').encode() + "Größe".encode('cp1252')
        before = self._find_opened()
        self.env['mail.thread'].message_process(False, raw, save_original=True)
        self._assert_opened(self._find_opened() - before, "Größe", ['original_email.eml'])

    def test_odd_content_types(self):
        """zammad#6141 and #2200: what names no type is text, or a file."""
        for kind in ('text', 'text/plain; charset', '=?utf-8?B?dGV4dA==?=', 'text/plain;;charset=',
                     'plain/text', 'text/html; charset="', 'message/rfc822', 'multipart/mixed',
                     'multipart/alternative; boundary=missing', 'text/x-markdown',
                     'application/octet-stream'):
            with self.subTest(kind=kind):
                with mute_logger('odoo.addons.mail.models.mail_thread'):
                    order = self._deliver(f'Content-Type: {kind}', b'The fan is loud.')
                self.assertEqual(len(order), 1)

    def test_names_of_files_in_odd_charsets(self):
        """zammad#2227: the name lies about its charset."""
        for name in ("filename*=\"us-ascii''Platte%20W%F6lbung.png\"",
                     "filename*=gb2312''%C0%EE%E9F.png", 'filename="=?x-gbk?B?wO7pRg==?=.png"',
                     "filename*0*=utf-8''Pla; filename*1*=tte.png", 'filename=""',
                     'filename="/../x.png"'):
            with self.subTest(name=name):
                head, body = self._pack(
                    b'Content-Type: text/plain\n\nLoud', b'Content-Type: image/png\n'
                    b'Content-Transfer-Encoding: base64\nContent-Disposition: attachment; '
                    + name.encode() + b'\n\n' + base64.b64encode(PNG))
                order = self._deliver(head, body)
                self.assertEqual(len(order.message_ids.attachment_ids), 1)

    def test_names_of_people_in_the_addresses(self):
        """odoo#23502 and zammad#913: commas, @ and quotes in names."""
        for sender, email in (
                ('César Some, Additional <cesar@example.org>', 'cesar@example.org'),
                ('"li@shop" <li@example.org>', 'li@example.org'),
                ('<bare@example.org>', 'bare@example.org'),
                ('plain@example.org', 'plain@example.org'),
                ("O'Neil \"Bob\" <bob@example.org>", 'bob@example.org'),
                ('UPPER <UPPER@EXAMPLE.ORG>', 'upper@example.org'),
                ('a@example.org, b@example.org', 'a@example.org')):
            with self.subTest(sender=sender):
                order = self._deliver(sender=sender)
                self.assertEqual(order.partner_id.email_normalized, email)
        order = self._deliver(f'To: "service@x (ours)" <{self.address}>, undisclosed-recipients:;')
        self.assertEqual(len(order), 1)

    def test_files_without_words(self):
        """zammad#2403 and osTicket#482: winmail.dat, a voice message, a picture from a phone."""
        for kind, name in (('application/ms-tnef', 'winmail.dat'), ('audio/wav', 'voice.wav'),
                           ('image/png', 'IMG_1.png'), ('application/pdf', 'x.pdf')):
            with self.subTest(name=name):
                order = self._deliver(
                    f'Content-Type: {kind}; name="{name}"\nContent-Transfer-Encoding: base64\n'
                    f'Content-Disposition: attachment; filename="{name}"',
                    base64.b64encode(PNG), subject='')
                self._assert_opened(order, "Mail without subject", [name])

    def test_signed_and_encrypted_mails(self):
        head, body = self._pack(
            b'Content-Type: text/plain\n\nThe fan is loud.',
            b'Content-Type: application/pkcs7-signature; name=smime.p7s\n'
            b'Content-Transfer-Encoding: base64\n\nMIIB',
            kind='multipart/signed; protocol="application/pkcs7-signature"')
        self._assert_opened(self._deliver(head, body), "The fan is loud.", ['smime.p7s'])
        order = self._deliver('Content-Type: application/pkcs7-mime; smime-type=enveloped-data; '
                              'name=smime.p7m\nContent-Transfer-Encoding: base64', b'MIIB')
        self._assert_opened(order, "Fan", ['smime.p7m'])

    def test_nested_parts_and_texts_behind_files(self):
        inner = (b'Content-Type: multipart/related; boundary=C\n\n--C\nContent-Type: '
                 b'multipart/alternative; boundary=D\n\n--D\nContent-Type: text/plain\n\nLoud\n'
                 b'--D\n'
                 b'Content-Type: text/html\n\n<p>Loud <img src="cid:p"></p>\n--D--\n--C\n'
                 b'Content-Type: image/png; name=p.png\nContent-Id: <p>\n'
                 b'Content-Transfer-Encoding: base64\n\n' + base64.b64encode(PNG) + b'\n--C--\n')
        head, body = self._pack(inner, b'Content-Type: text/plain\n\nSent from my phone')
        order = self._deliver(head, body)
        # core keeps a text behind two versions of another as a file
        self._assert_opened(order, "Loud", ['attachment', 'p.png'])

    def test_mail_in_a_mail_in_a_mail(self):
        mail = EmailMessage()
        mail['From'], mail['Subject'] = 'a@example.org', "Deep"
        mail.set_content("The fan is loud.")
        for __ in range(3):
            outer = EmailMessage()
            outer['From'], outer['Subject'] = 'b@example.org', "Fwd"
            outer.set_content("see below")
            outer.add_attachment(mail)
            mail = outer
        head, __, body = mail.as_bytes().partition(b'\n\n')
        self.assertEqual(len(self._deliver(head, body)), 1)

    def test_subject_of_a_megabyte_and_other_long_words(self):
        order = self._deliver(f'Subject: {"x" * 1_000_000}')
        self.assertEqual(len(order.description), 10_000)
        order = self._deliver(b'Subject: ' + b'\n '.join([b'=?utf-8?B?5rW35rW3?='] * 3000))
        self.assertTrue(order.description.startswith("海海海海"))
        self.assertEqual(len(self._deliver('References: ' + '<x@y> ' * 5000)), 1)

    def test_dates_and_numbers_that_are_none(self):
        for headers in ('Date: yesterday', 'Date: Mon, 32 Feb 2026 25:61:61 +9999', 'Date:',
                        'Message-Id:', 'Message-Id: no brackets',
                        'Message-Id: <a@b> <c@d>',
                        'In-Reply-To: <unknown@x>', 'MIME-Version: 9.9',
                        'Content-Transfer-Encoding: x-unknown',
                        'Content-Transfer-Encoding: base64'):
            with self.subTest(headers=headers):
                self.assertEqual(len(self._deliver(headers)), 1)

    def test_quoted_chain_of_a_chinese_client_is_kept_readable(self):
        words = ("空调不冷\n\n\n------------------ 原始邮件 ------------------\n发件人: \"客服\" "
                 "<x@example.com>;\n发送时间: 2026年6月2日(星期二) 上午9:30\n收件人: \"李娜\""
                 "<li@example.org>;\n主题: Re: 空调\n")
        order = self._deliver('Content-Type: text/plain; charset=gb18030', words.encode('gb18030'))
        self._assert_opened(order, "空调不冷")
        self.assertEqual(order.partner_id.email, 'wang@example.org')
