from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Date
from odoo.tests import HttpCase, freeze_time, tagged, users
from odoo.tools import mute_logger

from .common import SurveyCommon

TODAY = '2026-06-30'


class ContactCommon(SurveyCommon):
    """Today is 30 June 2026; the customer's unit was delivered on 23 June, a week ago."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['aftersales.contact.plan'].search([]).active = False
        cls.card = cls._create_card(delivery_date='2026-06-23')
        cls.message = {'channel': 'message', 'message': "How do you like your unit?"}

    def _plan(self, **values):
        return self.env['aftersales.contact.plan'].create({
            'name': "A week later", 'event': 'sale', 'days': 7, **values})

    def _run(self, day=TODAY):
        with freeze_time(f'{day} 12:00:00'), self.enter_registry_test_mode():
            self.env.ref('aftersales_survey.ir_cron_contact').sudo().method_direct_trigger()

    def _get_contacts(self, plan):
        return self.env['aftersales.contact'].search([('plan_id', '=', plan.id)])


@tagged('post_install', '-at_install')
class TestContact(ContactCommon):

    def test_week_after_the_delivery_once(self):
        plan = self._plan(user_id=self.interviewer.id, script="All well?")
        other = self._create_card(serial='AC-0002', delivery_date='2026-06-23')
        self._run('2026-06-29')
        self.assertFalse(self._get_contacts(plan))
        self._run()
        contact = self._get_contacts(plan)
        self.assertRecordValues(contact, [{
            'partner_id': self.customer.id, 'state': 'open', 'date': Date.to_date(TODAY)}])
        self.assertEqual(contact.warranty_ids, self.card | other)  # one call for both units
        self.assertEqual(contact.activity_ids.user_id, self.interviewer)
        self._run()
        self._run('2026-07-01')
        self.assertEqual(self._get_contacts(plan), contact)

    def test_missed_days_are_made_up_for_but_not_old_ones(self):
        plan = self._plan(catch_up_days=3)
        late = self._create_card(
            serial='AC-0003', delivery_date='2026-06-20',
            partner_id=self.customer.create({'name': "Zhou Li"}).id)
        old = self._create_card(
            serial='AC-0004', delivery_date='2026-06-19',
            partner_id=self.customer.create({'name': "Wu Di"}).id)
        self._run()
        contacts = self._get_contacts(plan)
        self.assertIn(late, contacts.warranty_ids)
        self.assertNotIn(old, contacts.warranty_ids)

    def test_small_batches_make_the_same_contacts(self):
        plan = self._plan()
        cards = self.card
        for number in range(5):
            cards |= self._create_card(
                serial=f'AC-1{number}', delivery_date='2026-06-23')
        with freeze_time(f'{TODAY} 12:00:00'):
            self.assertEqual([plan._make_contacts(2) for __ in range(4)], [2, 2, 2, 0])
        contact = self._get_contacts(plan)
        self.assertEqual((len(contact), contact.warranty_ids), (1, cards))

    def test_before_the_warranty_ends(self):
        plan = self._plan(event='warranty_end', days=30)
        end = self.card.date_end
        self._run(str(end - timedelta(days=31)))
        self.assertFalse(self._get_contacts(plan))
        self._run(str(end - timedelta(days=30)))
        self.assertEqual(self._get_contacts(plan).warranty_ids, self.card)

    def test_products_and_refused_care(self):
        plan = self._plan(product_ids=[(6, 0, self.capacitor.ids)])
        self._run()
        self.assertFalse(self._get_contacts(plan))
        plan.product_ids = False
        self.customer.aftersales_care_refused = True
        self._run()
        self.assertFalse(self._get_contacts(plan))

    def test_greetings_need_consent_and_the_grade(self):
        grade = self.env['aftersales.customer.grade'].create({'name': "Gold"})
        self.customer.aftersales_birthday = '1990-06-30'
        plan = self._plan(event='birthday', grade_ids=[(6, 0, grade.ids)], **self.message)
        self.assertEqual(plan.purpose, 'greeting')
        self._run()
        self.customer.aftersales_offer_consent = True  # another purpose
        self.customer.commercial_partner_id.aftersales_grade_id = grade
        self._run()
        self.assertFalse(self._get_contacts(plan))
        self.customer.aftersales_greeting_consent = True
        self._run('2026-06-29')
        self.assertFalse(self._get_contacts(plan))
        self._run()
        self.assertEqual(self._get_contacts(plan).state, 'sent')
        self._run()
        self.assertEqual(len(self._get_contacts(plan)), 1)
        self._run('2027-06-30')
        self.assertEqual(len(self._get_contacts(plan)), 2)

    def test_holidays_and_visits(self):
        holiday = self._plan(event='holiday', days=1, holiday_date='2025-07-01')
        visit = self._plan(event='visit', days=90)
        self.customer.aftersales_greeting_consent = True
        self._run()
        self.assertEqual(self._get_contacts(holiday).partner_id, self.customer)
        self.assertEqual(len(self._get_contacts(visit)), 1)
        self._run('2026-09-27')
        self.assertEqual(len(self._get_contacts(visit)), 1)
        self._run('2026-09-28')
        self.assertEqual(len(self._get_contacts(visit)), 2)
        holiday.is_yearly = False
        self._run('2027-06-30')
        self.assertEqual(len(self._get_contacts(holiday)), 1)

    def test_message_carries_the_way_out_and_is_dropped_after_it(self):
        plan = self._plan(**self.message)
        self._run()
        contact = self._get_contacts(plan)
        message = contact.customer_message_ids
        self.assertEqual((contact.state, message.state), ('sent', 'queued'))
        template = self.env.ref('aftersales_survey.mail_template_contact')
        body = template._render_field('body_html', contact.ids)[contact.id]
        self.assertIn(contact._get_unsubscribe_url(), body)
        self.assertIn("How do you like your unit?", body)
        contact._unsubscribe()
        message._process()
        self.assertEqual(message.state, 'dropped')

    def test_customer_without_an_address_becomes_an_activity(self):
        self.customer.write({'email': False})
        plan = self._plan(**self.message)
        self._run()
        contact = self._get_contacts(plan)
        self.assertEqual((contact.state, len(contact.activity_ids)), ('open', 1))
        self.assertFalse(contact.customer_message_ids)
        contact._unsubscribe()
        self.assertEqual((contact.state, len(contact.activity_ids)), ('skipped', 0))
        self.assertTrue(self.customer.aftersales_care_refused)

    # === WORDS AND RULES === #

    @users('survey_manager')
    def test_no_text_asks_for_another_rating(self):
        for words in ("We give you 50 if you change your rating", "修改评价送优惠券",
                      "请您修改一下评价，送优惠券", "好评返现5元", "Five stars, please"):
            with self.subTest(words=words), self.assertRaisesRegex(ValidationError, "reword"):
                self._plan(channel='message', message=words)
        for words in "Please rate us honestly.", "欢迎您如实评价我们的服务":
            self.assertTrue(self._plan(channel='message', message=words))

    @users('survey_manager')
    def test_manager_adds_a_phrase_and_administrators_write_expressions(self):
        words = "Show us your  praise (below)"
        self._plan(channel='message', message=words)
        known = self.env['aftersales.known.words'].create({'words': "praise (below)\nother"})
        with self.assertRaisesRegex(ValidationError, r"praise \(below\).*reword"):
            self._plan(channel='message', message=words)
        with self.assertRaisesRegex(AccessError, "Administrators write"):
            known.is_pattern = True
        for values, message in ({'words': "\n"}, "one word"), ({'words': "(a", 'is_pattern': 1},
                                                               "cannot be read"):
            with self.assertRaisesRegex(ValidationError, message):
                known.with_user(self.env.ref('base.user_admin')).write(values)

    def test_no_template_of_ours_asks_for_another_rating(self):
        templates = self.env['mail.template'].search([('model', '=like', 'aftersales.%')])
        templates._check_rating_request()
        template = self.env.ref('aftersales_survey.mail_template_contact')
        with self.assertRaisesRegex(ValidationError, "reword"):
            template.body_html = "<p>Delete your bad <b>review</b>, get a coupon</p>"
        other = self.env['mail.template'].create({
            'name': "Shop", 'model_id': self.env['ir.model']._get('res.partner').id,
            'body_html': "<p>Give us five stars</p>"})
        self.assertTrue(other)

    @users('survey_manager')
    @mute_logger('odoo.sql_db')
    def test_greetings_are_advertising_and_messages_have_words(self):
        with self.assertRaisesRegex(ValidationError, "no text"):
            self._plan(channel='message')
        plan = self._plan(event='birthday')
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            plan.purpose = 'care'
            plan.flush_recordset()

    def test_interviewer_works_the_list_off(self):
        plan = self._plan(user_id=self.interviewer.id)
        self._run()
        contact = self._get_contacts(plan).with_user(self.interviewer)
        with self.assertRaisesRegex(UserError, "why"):
            contact.action_skip()
        contact.note = "All is well."
        contact.action_done()
        self.assertEqual((contact.state, contact.user_id), ('done', self.interviewer))
        self.assertFalse(contact.activity_ids)
        with self.assertRaises(AccessError):
            contact.partner_id = self.agent.partner_id
        with self.assertRaises(AccessError):
            contact.read(['access_token'])
        with self.assertRaises(AccessError):
            contact.with_user(self.agent).read(['note'])
        with self.assertRaises(AccessError):
            plan.with_user(self.interviewer).write({'days': 8})

    def test_lists_of_an_interviewer_cost_few_queries(self):
        self._plan(user_id=self.interviewer.id)
        self._run()
        shown = {'date': {}, 'plan_id': {'fields': {'display_name': {}}}, 'phone': {}, 'state': {},
                 'partner_id': {'fields': {'display_name': {}}}, 'units': {}, 'activity_ids': {}}
        contacts = self.env['aftersales.contact'].with_user(self.interviewer)
        contacts.web_search_read([], shown)  # the rules of a role are remembered
        self.assertLessEqual(
            self._count_queries(lambda: contacts.web_search_read([], shown)), 13)

    def test_a_hundred_contacts_cost_few_queries_each(self):
        plan = self._plan()

        def make(day, count):
            partners = self.customer.create([
                {'name': f"Customer {day} {number}"} for number in range(count)])
            for partner in partners:
                self._create_card(
                    serial=f'{day}-{partner.id}', delivery_date=day, partner_id=partner.id)
            due = str(Date.to_date(day) + timedelta(days=7))
            with freeze_time(f'{due} 12:00:00'):
                return self._count_queries(lambda: plan._make_contacts(500))
        few, many = make('2026-03-01', 5), make('2026-04-01', 25)
        self.assertLessEqual(many - few, 20 * 3)


@tagged('post_install', '-at_install')
class TestContactPage(HttpCase, ContactCommon):

    def _make(self, plan):
        with freeze_time(f'{TODAY} 12:00:00'):
            plan._make_contacts(10)

    def test_opening_changes_nothing_and_the_button_ends_one_purpose(self):
        self.customer.write({
            'aftersales_greeting_consent': True, 'aftersales_offer_consent': True,
            'aftersales_birthday': '1990-06-30'})
        plan = self._plan(event='birthday', **self.message)
        self._make(plan)
        address = self._get_contacts(plan)._get_unsubscribe_url()
        page = self.url_open(address)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn(self.customer.name, page.text)
        self.assertTrue(self.customer.aftersales_greeting_consent)
        self.assertRegex(page.text, '<form method="post">')
        page = self.url_open(address, data={'any': ''})  # as the button of the form does
        self.assertIn("no more greetings", page.text)
        self.customer.invalidate_recordset()
        self.assertFalse(self.customer.aftersales_greeting_consent)
        self.assertTrue(self.customer.aftersales_offer_consent)

    def test_foreign_keys_are_not_found(self):
        plan = self._plan(**self.message)
        self._make(plan)
        contact = self._get_contacts(plan)
        for path in (f'/contact/{contact.id}/no', f'/contact/{contact.id + 1}/no', '/contact/0/no',
                     f'/contact/{contact.id}/你'):
            with self.subTest(path=path):
                self.assertEqual(self.url_open(path).status_code, 404)
