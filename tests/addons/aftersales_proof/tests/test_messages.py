from email.message import EmailMessage
from uuid import uuid4

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.aftersales_service.tests.message.common import MessageCommon

from .common import ProofCommon


@tagged('post_install', '-at_install')
class TestMessages(MessageCommon, ProofCommon):
    """A person who is no partner hears of a case; mails open cases, echoes of ours do not."""

    def test_person_without_partner_hears_by_phone(self):
        self._switch_on('proof_decided')
        case = self._create_case()
        self._decide(case)
        self._send_due()
        message = case.customer_message_ids
        self.assertRecordValues(message, [{
            'event': 'proof_decided', 'state': 'sent', 'address': '+8613800138000',
            'recipient_name': "Tina", 'lang': 'zh_CN', 'company_id': case.company_id.id,
            'display_name': f"{case.name} · Case Decided"}])
        [(template, parameters, phone)] = self.handed
        self.assertEqual((template, phone), ('T-proof_decided', '+8613800138000'))
        self.assertEqual((parameters['case'], parameters['customer']), (case.name, "Tina"))
        # the link leaves with its key and is kept nowhere
        self.assertIn(case.access_token, parameters['link'])
        self.assertNotIn(case.access_token, str(message.read()))
        self.assertFalse(message.with_user(self.agent).sudo(False).read(['address']) == [])

    def test_its_own_channel_takes_its_own_address(self):
        self._switch_on('proof_decided', 'pager')
        case = self._create_case(pager='4711')
        self._decide(case)
        self._send_due()
        self.assertRecordValues(case.customer_message_ids, [
            {'channel': 'pager', 'address': '4711', 'reference': 'PAGER-4711', 'state': 'sent'}])

    def test_receipt_of_its_channel_is_noted_on_the_message(self):
        self._switch_on('proof_decided', 'pager')
        case = self._create_case(pager='4711')
        self._decide(case)
        self._send_due()
        messages = self.env['aftersales.message'].with_user(self.agent)
        self.assertFalse(messages._record_receipt('pager', 'PAGER-0', True))
        self.assertEqual(messages._record_receipt('pager', 'PAGER-4711', True).sudo(),
                         case.customer_message_ids)
        self.assertEqual(case.customer_message_ids.state, 'delivered')

    def test_its_code_leaves_by_no_channel_that_colleagues_read(self):
        template = self.env['mail.template'].create({
            'name': "Code", 'model_id': self.env['ir.model']._get_id('aftersales.proof.case')})
        with self.assertRaisesRegex(ValidationError, "colleagues could read"):
            self._switch_on('proof_code', 'portal', template_id=template.id)
        self.assertTrue(self._switch_on('proof_decided', 'portal', template_id=template.id))
        self.assertTrue(self._switch_on('proof_code', 'pager'))

    def test_each_decision_is_an_occasion_and_what_is_overtaken_is_dropped(self):
        self._switch_on('proof_opened')
        case = self._create_case()
        self._decide(case)
        self._send_due()
        self.assertEqual(case.customer_message_ids.state, 'dropped')
        self._switch_on('proof_decided')
        self.assertEqual(len(case._notify_customer('proof_decided')), 1)
        self.assertFalse(case._notify_customer('proof_decided'))
        case.sudo().date_decided = '2026-06-01 08:00:00'
        self.assertEqual(len(case._notify_customer('proof_decided')), 1)

    # === MAIL === #

    def _receive(self, sender, **headers):
        domain = self.env['mail.alias.domain'].search([], limit=1) or (
            self.env['mail.alias.domain'].create({'name': 'example.com'}))
        self.env.company.alias_domain_id = domain
        alias = self.env.ref('aftersales_proof.mail_alias_proof')
        alias.alias_domain_id = domain
        mail = EmailMessage()
        mail['From'], mail['To'] = sender, alias.alias_full_name
        mail['Subject'], mail['Message-Id'] = "My fan", f'<{uuid4()}@example.org>'
        for name, value in headers.items():
            mail[name.replace('_', '-')] = value
        mail.set_content("It is loud.")
        self.env['mail.thread'].message_process(False, mail.as_bytes())
        return self.env['aftersales.proof.case'].search([('title', '=', "My fan")])

    def test_mail_opens_a_case_with_a_number_and_no_partner(self):
        case = self._receive('tina@example.org')
        self.assertRecordValues(case, [{
            'note': "It is loud.", 'person_email': 'tina@example.org', 'state': 'open'}])
        self.assertRegex(case.name, r'^PC/\d{4}$')

    def test_mails_of_machines_open_no_case(self):
        self.assertFalse(self._receive('tina@example.org', Auto_Submitted='auto-replied'))
        alias = self.env.ref('aftersales_service.mail_alias_service')
        alias.alias_domain_id = self.env['mail.alias.domain'].search([], limit=1)
        self.assertFalse(self._receive(alias.alias_full_name))
