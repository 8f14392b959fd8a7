import base64
import re
from datetime import timedelta

from odoo import Command, http
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import SIGNATURE, PortalCommon


@tagged('post_install', '-at_install')
class TestPortalPage(PortalCommon):
    """What the page of an order shows, and to whom: owner, stranger, token, anonymous."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.env['aftersales.order'].create({
            'partner_id': cls.owner.partner_id.id, 'technician_id': cls.technician.id,
            'description': "It does not cool", 'user_id': cls.agent.id,
            'warranty_id': cls._create_card(partner_id=cls.owner.partner_id.id).id})
        cls.url = f'/my/service/{cls.order.id}'

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def _get_page(self):
        return self.url_open(self.order.get_portal_url()).text

    def _post(self, action, **values):
        return self.url_open(f'{self.url}/{action}', data={
            'csrf_token': http.Request.csrf_token(self),
            'access_token': self.order._portal_ensure_token(), **values})

    def _attach(self, **values):
        return self.env['ir.attachment'].create({
            'name': 'work.png', 'datas': SIGNATURE, 'res_model': 'aftersales.order',
            'res_id': self.order.id, **values})

    def _names(self):
        return [(step['name'], step['is_current']) for step in self.order._get_page_steps()]

    def test_reply_is_promised_until_it_is_given(self):
        question = self.env['aftersales.order'].create({
            'partner_id': self.owner.partner_id.id, 'type_id': self.type_consultation.id,
            'description': "How is it locked?"})
        url = question.get_portal_url()
        self.assertIn("We reply until", self.url_open(url).text)
        question.solution = "Answered on the phone"
        question.action_next()
        self.assertEqual(question.state, 'done')
        self.assertNotIn("We reply until", self.url_open(url).text)

    def test_steps_tell_where_the_order_is(self):
        self._move_to(self.order, 'dispatched')
        self.assertEqual(self._names(), [
            ("Received", False), ("Checked", False), ("Time agreed", False),
            ("Technician assigned", True), ("Technician with you", False), ("Done", False)])
        page = self._get_page()
        self.assertIn("We come on", page)
        self.assertEqual(page.count('aria-current="step"'), 1)

    def test_workshop_appears_only_for_articles_that_went_there(self):
        self._move_to(self.order, 'on_site')
        self.order.write({'signature': False, 'handover_signature': SIGNATURE})
        self.order.action_take_to_shop()
        names = [name for name, __ in self._names()]
        self.assertEqual(names[-3:], ["In our workshop", "In repair", "Done"])

    def test_finished_and_cancelled_orders(self):
        done = self.order.copy()
        self._move_to(done, 'followed_up')
        steps = done._get_page_steps()
        self.assertTrue(all(step['is_past'] for step in steps))
        self.assertEqual(steps[-1]['name'], "Done")
        self.order.close_reason = "Bought a new one"
        self.order.action_cancel()
        self.assertEqual(self._names(), [("Received", False), ("Cancelled", True)])
        self.assertIn("Bought a new one", self._get_page())

    def test_nothing_opens_another_window(self):
        self._move_to(self.order, 'on_site')
        self.order.write({'signature': False, 'solution': "Filter cleaned"})
        page = self._get_page()
        main = page[page.index('id="service_order_steps"'):page.index('id="discussion"')]
        self.assertIn('id="service_order_sign"', main)
        for word in ('target=', 'window.open', 'data-bs-toggle="modal"'):
            self.assertNotIn(word, main)

    # === PHOTOS AND PAPERS === #

    def test_photos_of_the_work_are_shown_internal_ones_are_not(self):
        shown = self._attach()
        hidden = self._attach()
        self.order.message_post(
            body=hidden.name, attachment_ids=hidden.ids, subtype_xmlid='mail.mt_note')
        page = self._get_page()
        self.assertIn(f'/photo/{shown.id}', page)
        self.assertNotIn(f'/photo/{hidden.id}', page)
        token = self.order.access_token
        image = self.url_open(f'{self.url}/photo/{shown.id}?access_token={token}')
        self.assertEqual(image.content[:4], base64.b64decode(SIGNATURE)[:4])
        foreign = self._attach(res_id=self.order.copy().id)
        for photo in hidden, foreign:
            self.assertEqual(self.url_open(
                f'{self.url}/photo/{photo.id}?access_token={token}').status_code, 404)

    def test_papers_that_the_customer_may_have(self):
        self.assertEqual(list(self.order._get_page_documents()), ['sheet', 'card'])
        self._move_to(self.order, 'done')
        self.order.handover_signature = SIGNATURE
        papers = self.order._get_page_documents()
        self.assertEqual(set(papers), {'sheet', 'handover', 'report', 'repair', 'card'})
        for key in papers:
            with self.subTest(key=key):
                url = self.order.get_portal_url(suffix=f'/document/{key}')
                paper = self.url_open(url)
                self.assertEqual(paper.status_code, 200)
                self.assertIn(papers[key][2].name, paper.text)
        other = self.order.get_portal_url(suffix='/document/workshop_tag')
        self.assertEqual(self.url_open(other).status_code, 404)

    def test_card_of_somebody_else_is_no_paper_of_his(self):
        self.order.warranty_id.partner_id = self.stranger.partner_id
        self.assertEqual(list(self.order._get_page_documents()), ['sheet'])

    def test_stranger_and_anonymous_see_nothing(self):
        photo = self._attach()
        for login in (None, 'stranger'):
            self.authenticate(login, login and f'{login}-secret')
            for path in ('', f'/photo/{photo.id}', '/document/sheet',
                         '/document/sheet?access_token=wrong'):
                with self.subTest(login=login, path=path):
                    self.assertEqual(self.url_open(self.url + path).status_code, 404)
            page = self.url_open(f'{self.url}/rate', data={
                'csrf_token': http.Request.csrf_token(self), 'rate': '1'})
            self.assertEqual(page.status_code, 404)
        self.assertFalse(self.order.rating_ids)

    def test_people_of_the_outlet_do_not_act_as_the_customer(self):
        outlet = self.env['aftersales.outlet'].create({
            'name': "Station", 'accept_minutes': 0, 'member_ids': [Command.set(self.stranger.ids)],
            'partner_id': self.env['res.partner'].create({'name': "Station"}).id})
        outlet.action_activate()
        self.order.outlet_id = outlet
        self.order.action_offer_to_outlet()
        self._move_to(self.order, 'done')
        self.authenticate('stranger', 'stranger-secret')
        self.assertTrue(self.order.with_user(self.stranger).has_access('read'))
        for action in ('rate', 'remind', 'cancel'):
            page = self.url_open(f'{self.url}/{action}', data={
                'csrf_token': http.Request.csrf_token(self), 'rate': '5', 'reason': "x"})
            self.assertEqual(page.status_code, 404)
        self.assertFalse(self.order.rating_ids or self.order.reminder_count)

    # === ASKING AGAIN === #

    def test_customer_asks_again_only_while_he_waits(self):
        self.assertIn('id="service_order_actions"', self._get_page())
        self._post('remind')
        self.assertEqual(self.order.reminder_count, 1)
        self._move_to(self.order, 'done')
        self.assertNotIn('id="service_order_actions"', self._get_page())
        for action in ('remind', 'cancel'):
            page = self._post(action, reason="Too late")
            self.assertIn('alert-danger', page.text)
        self.assertIn("This work is finished", self._post('remind').text)
        self.assertRecordValues(self.order, [{'reminder_count': 1, 'state': 'done'}])

    # === RATING === #

    def test_customer_rates_finished_work_and_may_rate_again(self):
        self._move_to(self.order, 'done')
        self.assertIn('id="service_order_rating"', self._get_page())
        page = self._post('rate', rate='2', words="Late")
        self.assertIn("Thank you for telling us", page.text)
        self._post('rate', rate='4', words="But friendly")
        self.assertRecordValues(self.order.rating_ids, [
            {'rating': 4, 'feedback': "But friendly", 'consumed': True,
             'aftersales_earlier': "2 of 5 stars: Late"}])
        self.assertRegex(self._get_page(), r'id="rate_4"[^>]*checked')

    def test_rating_stays_an_hour_after_it_was_given(self):
        self._move_to(self.order, 'done')
        self._post('rate', rate='1', words="Late")
        self._post('rate', rate='2', words="Late")
        rating = self.order.rating_ids
        rating.aftersales_first_date -= timedelta(minutes=61)
        self.assertIn("can be changed for an hour", self._post('rate', rate='5').text)
        self.assertEqual((rating.rating, rating.feedback), (2, "Late"))
        # core's page takes the same way
        with self.assertRaisesRegex(UserError, "can be changed for an hour"):
            self.order.sudo().rating_apply(5, rating=rating)

    def test_wrong_ratings_are_refused(self):
        self.assertNotIn('id="service_order_rating"', self._get_page())
        self.assertIn("when it is done", self._post('rate', rate='5').text)
        self._move_to(self.order, 'done')
        for rate in ('0', '6', 'x', ''):
            self.assertIn("one to five stars", self._post('rate', rate=rate).text)
        self.assertFalse(self.order.rating_ids.filtered('consumed'))

    # === LANGUAGE === #

    def test_token_page_speaks_the_customers_language(self):
        self._speak('fr_FR')
        self.assertIn("Dépannage", self._get_page())
        # and stays in it for what follows
        self.assertIn("Dépannage", self._get_page())
        self.assertIn("Dépannage", self._post('remind').text)

    def _speak(self, lang):
        self.env['res.lang']._activate_lang(lang)
        self.owner.partner_id.lang = lang
        self.order.type_id.with_context(lang=lang).name = "Dépannage"

    def test_link_in_messages_names_the_language(self):
        self._speak('fr_FR')
        link = self.order._get_customer_link()
        self.assertRegex(link, rf'^http.*/fr{re.escape(self.url)}\?access_token=')
        self.opener.cookies['frontend_lang'] = 'en_US'
        self.assertIn("Dépannage", self.url_open(link.replace(self.base_url(), '')).text)
