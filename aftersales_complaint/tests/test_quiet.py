from odoo.tests import HttpCase, tagged

from .common import ComplaintCommon

QUIET = ('praise', 'suggestion', 'anomaly')


@tagged('post_install', '-at_install')
class TestQuiet(HttpCase, ComplaintCommon):
    """Praise, suggestions and anomalies are no complaints: thanks, no level and no clock."""

    def test_repeats_raise_none_of_them(self):
        self._create_complaint()
        for kind in QUIET:
            with self.subTest(kind=kind):
                case = self._create_complaint(kind=kind, is_leaving=True, amount_asked=99999)
                self.assertEqual(case.level, 'general')
                self.assertFalse(case.clock_ids)
        self.assertEqual(self._create_complaint().level, 'major')  # the refused twin

    def test_customer_is_thanked(self):
        for kind, event in (*((kind, 'complaint_thanked') for kind in QUIET),
                            ('service', 'complaint_received')):
            with self.subTest(kind=kind):
                case = self._create_complaint(kind=kind)
                self.assertEqual(self.env['aftersales.message'].search([
                    ('res_model', '=', case._name), ('res_id', '=', case.id)]).mapped('event'),
                    [event])

    def test_words_of_the_mail_and_the_page_do_not_apologise(self):
        case = self._create_complaint(kind='praise')
        template = self.env.ref('aftersales_complaint.mail_template_complaint_thanked')
        mail = template._render_field('body_html', case.ids)[case.id]
        self.assertIn("thank you for your praise", mail)
        self.assertNotIn("sorry", mail)
        page = self.url_open(f'{case.get_portal_url()}&notice=received').text
        self.assertIn("Received: thank you", page)
        self.assertNotIn("We received your complaint", page)

    def test_intake_registers_them_by_one_button(self):
        case = self._create_complaint(kind='praise').with_user(self.agent)
        view = case.get_view(self.env.ref(
            'aftersales_complaint.aftersales_complaint_view_form_intake').id, 'form')
        self.assertIn('name="action_register"', view['arch'])
        result = case.action_register()
        self.assertIn(case.name, result['params']['message'])
        self.assertEqual(result['params']['next']['res_model'], 'aftersales.complaint')
