from uuid import uuid4

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users

from ..common import SIGNATURE
from ..visit.common import VisitCommon

FACTS = {'kind': 'gas', 'description': "Smell of gas behind the boiler"}


@tagged('post_install', '-at_install')
class TestAccident(VisitCommon):
    """Those on site report at once; leads are notified, investigate and close."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._dispatch(user_id=cls.agent.id)
        cls.visit = cls.order.visit_ids

    def _report(self, user=None, **values):
        return self.env['aftersales.accident'].with_user(user or self.env.user).create(
            {'order_id': self.order.id, **FACTS, **values})

    @users('technician')
    def test_order_becomes_urgent_and_leads_are_notified(self):
        accident = self._report()
        self.assertRecordValues(self.order, [{'severity': '3', 'has_accident': True}])
        self.assertRecordValues(accident, [{
            'state': 'reported', 'user_id': self.technician.id,
            'partner_id': self.customer.id, 'company_id': self.env.company.id}])
        self.assertIn(self.manager, accident.activity_ids.user_id)
        self.assertNotIn(self.agent, accident.activity_ids.user_id)
        notified = self.env['mail.message'].sudo().search([
            ('model', '=', accident._name), ('res_id', '=', accident.id),
            ('message_type', '=', 'user_notification')]).notified_partner_ids
        self.assertIn(self.manager.partner_id, notified)

    @freeze_time('2026-06-02 10:00:00')
    def test_report_within_30_minutes(self):
        """Half an hour to the second is in time."""
        for moment, is_late in (
                ('2026-06-02 09:30:00', False), ('2026-06-02 09:29:59', True)):
            with self.subTest(moment=moment):
                self.assertEqual(self._report(date_happened=moment).is_late, is_late)
        self.env.company.aftersales_accident_minutes = 60
        self.assertFalse(self._report(date_happened='2026-06-02 09:10:00').is_late)

    @freeze_time('2026-06-02 10:00:00')
    def test_investigation_is_due_in_24_hours(self):
        self.assertEqual(str(self._report().date_due), '2026-06-03 10:00:00')

    @users('technician')
    @freeze_time('2026-06-02 10:00:00')
    def test_report_time_and_reporter_are_not_chosen(self):
        accident = self._report(date_happened='2026-06-02 08:00:00')
        self.assertRecordValues(accident, [{'user_id': self.technician.id, 'is_late': True}])
        for values in ({'date_reported': '2026-06-02 08:10:00'}, {'state': 'closed'},
                       {'user_id': self.agent.id}):
            with self.subTest(values=values):
                with self.assertRaisesRegex(UserError, "is protected"):
                    accident.write(values)
                with self.assertRaisesRegex(UserError, "is protected"):
                    self._report(date_happened='2026-06-02 08:00:00', **values)

    def test_bad_facts_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "after it was reported"):
            self._report(date_happened='2099-01-01')
        with self.assertRaisesRegex(ValidationError, "how many persons"):
            self._report(kind='injury')
        self._report(kind='injury', injured_count=1)

    def test_lead_investigates_and_closes(self):
        accident = self._report(self.technician).with_user(self.manager)
        with self.assertRaisesRegex(UserError, "immediate measures"):
            accident.action_investigated()
        accident.measures = "Gas cut off"
        with self.assertRaisesRegex(UserError, "the cause"):
            accident.action_investigated()
        with self.assertRaisesRegex(UserError, "cannot become “Case Closed”"):
            accident.action_close()
        accident.cause = "Old hose"
        accident.action_investigated()
        self.assertEqual(accident.investigator_id, self.manager)
        self.assertFalse(accident.activity_ids)
        accident.action_close()
        with self.assertRaisesRegex(UserError, "are closed"):
            accident.cause = "Somebody else"

    @users('technician')
    def test_technician_reports_but_does_not_close(self):
        accident = self._report(measures="Gas cut off", cause="Old hose")
        with self.assertRaisesRegex(AccessError, "Team leads investigate"):
            accident.action_investigated()
        accident.witnesses = "Neighbour Wu"
        with self.assertRaises(AccessError):
            accident.unlink()

    def test_others_see_nothing(self):
        accident = self._report(self.technician)
        for user in self.other_agent, self.other_technician, self.employee:
            with self.assertRaises(AccessError):
                accident.with_user(user).read(['description'])
        company = self.env['res.company'].create({'name': "Second Company"})
        foreign = self.env['aftersales.accident'].create({**FACTS, 'company_id': company.id})
        self.assertNotIn(
            foreign, self.env['aftersales.accident'].with_user(self.manager).search([]))

    def _send(self, user, payload):
        [answer] = self.env['aftersales.job.action'].with_user(user)._handle_batch([{
            'uuid': str(uuid4()), 'kind': 'accident', 'visit_id': self.visit.id,
            'payload': payload}])
        return answer

    @users('technician')
    def test_phone_reports_with_a_photo_even_after_the_visit(self):
        self.order._set_state('on_site')
        self.order.signature = SIGNATURE
        self.order.action_done()
        answer = self._send(self.env.user, FACTS | {
            'injured_count': 1, 'is_help_called': True, 'image': SIGNATURE})
        self.assertEqual((answer['status'], answer['message']), ('done', ''))
        self.assertRecordValues(self.order.accident_ids, [{
            'kind': 'gas', 'injured_count': 1, 'is_help_called': True,
            'user_id': self.technician.id}])
        self.assertEqual(len(self.order.accident_ids.photo_ids), 1)

    def test_phone_of_an_outlet_reports_as_well(self):
        order = self._dispatch(technician=self.outlet_technician)
        self.visit = order.visit_ids
        self.assertEqual(self._send(self.outlet_technician, FACTS)['status'], 'done')
        self.assertEqual(order.accident_ids.user_id, self.outlet_technician)

    @users('technician')
    def test_phone_gets_a_sentence_for_bad_facts(self):
        for payload, sentence in (
                (FACTS | {'kind': 'war'}, "what kind"),
                (FACTS | {'description': " "}, "what happened"),
                (FACTS | {'injured_count': "two"}, "must be a number"),
                (FACTS | {'image': "PHN2Zy8+"}, "not a photo")):
            with self.subTest(payload=payload):
                answer = self._send(self.env.user, payload)
                self.assertEqual(answer['status'], 'refused')
                self.assertIn(sentence, answer['message'])
        self.assertFalse(self.order.accident_ids)

    @users('technician')
    def test_report_prints(self):
        accident = self._report(measures="Gas cut off", witnesses="Neighbour Wu")
        html, __ = self.env['ir.actions.report']._render_qweb_html(
            'aftersales_service.report_accident', accident.ids)
        for text in (accident.name, "Smell of gas", "Gas cut off", "Neighbour Wu",
                     self.order.name, "Technician Tom"):
            with self.subTest(text=text):
                self.assertIn(text, html.decode())
