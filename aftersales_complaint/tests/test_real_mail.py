from datetime import timedelta

from odoo.tests import Form, freeze_time, tagged, users
from odoo.tests.common import new_test_user

from odoo.addons.aftersales_service.tests.order.mail_common import MailDoorCommon

from .common import ComplaintCommon

INTAKE = 'aftersales_complaint.aftersales_complaint_view_form_intake'


@tagged('post_install', '-at_install')
class TestRealMail(ComplaintCommon, MailDoorCommon):
    """Complaints by mail, as clients, machines and colleagues send them."""

    alias_xmlid = 'aftersales_complaint.mail_alias_complaints'
    document = 'aftersales.complaint'

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.email = 'li.na@example.org'

    def _write(self, **values):
        return self._deliver(sender='Li Na <li.na@example.org>', **values)

    def _get_todos(self, case):
        return case.activity_ids.filtered(lambda activity: "The customer wrote" in (
            activity.summary or ''))

    def test_words_are_read_by_what_they_are(self):
        case = self._write(headers='Content-Type: text/plain; charset=gb2312',
                           body="李镕的空调不冷".encode('gbk'))
        self.assertEqual(case.description, "李镕的空调不冷")

    def test_machines_open_nothing(self):
        for headers in ('Precedence: bulk', 'X-Autoreply: yes', 'Subject: 自动回复: 投诉',
                        'List-Id: <news.example.org>', 'From: postmaster@example.org'):
            with self.subTest(headers=headers):
                self.assertFalse(self._deliver(headers))

    def test_forwarded_complaint_is_of_its_writer(self):
        user = new_test_user(self.env, 'colleague', email='colleague@example.net')
        case = self._deliver(sender=f'Colleague <{user.email}>', subject="Fwd: Bad",
                             body=b"From: Ann Lee <ann@example.org>\nIt leaks")
        self.assertEqual(case.partner_id.email, 'ann@example.org')

    def test_visitor_of_a_web_form_is_the_customer(self):
        case = self._deliver('Reply-To: ann@example.org', sender='no-reply@shop.example')
        self.assertEqual(case.partner_id.email, 'ann@example.org')

    def test_number_in_the_subject_finds_the_complaint(self):
        case = self._write()
        self.assertFalse(self._write(subject=f"Again {case.name}"))
        self.assertIn("no one handles", self._get_todos(case)[:1].summary)
        other = self._deliver(subject=f"Me too {case.name}")
        self.assertEqual(other.partner_id.email, 'wang@example.org')

    def test_number_of_a_service_order_links_it(self):
        order = self._create_order().sudo()
        self.assertEqual(self._write(subject=f"Bad work {order.name}").order_id, order)
        self.assertFalse(self._deliver(subject=f"Bad work {order.name}").order_id)

    def test_automatic_answer_to_our_last_words_opens_no_complaint(self):
        case = self._create_complaint(user_id=self.desk.id)
        case.sudo().write({'date_closed': '2026-01-01 08:00:00'})
        ours = case.sudo().message_post(body="Done", subtype_xmlid='mail.mt_comment')
        headers = f'In-Reply-To: {ours.message_id}\n'
        self.assertFalse(self._write(headers=headers + 'Auto-Submitted: auto-replied'))
        self.assertFalse(self._get_todos(case.sudo()))
        with freeze_time(case.sudo().date_closed + timedelta(days=400)):
            self.assertFalse(self._write(headers=headers + 'X-Autoreply: yes'))
            self.assertEqual(len(self._write(headers=headers)), 1)

    @users('agent')
    def test_pasted_words_find_the_customer(self):
        self.env.company.sudo().country_id = self.env.ref('base.cn')
        known = self.env['res.partner'].sudo().create(
            {'name': "李娜", 'phone': '138 0013 8296'})
        for words in ("李娜 13800138296", "13800138296转802", "电话：138 0013 8296",
                      "\u202d13800138296\u202c", "１３８００１３８２９６"):
            with self.subTest(words=words):
                form = Form(self.env['aftersales.complaint'], INTAKE)
                form.intake_key = words
                if '802' in words:
                    self.assertEqual(form.phone, '13800138296,802')
                else:
                    self.assertEqual(form.partner_id, known)
        form = Form(self.env['aftersales.complaint'], INTAKE)
        form.intake_key = "SN：ＡＣ－９９９９"
        self.assertEqual((form.serial, form.phone), ('AC-9999', False))
