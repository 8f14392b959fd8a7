from base64 import b64decode

from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user

from ..common import SIGNATURE
from ..verdict.common import DAY_5, DAY_12
from .test_appraisal import FINDING as DESK_FINDING
from .test_appraisal import AppraisalCommon

# the form of the page asks for the kind of fault, too
FINDING = DESK_FINDING | {'fault_kind': 'performance'}


@tagged('post_install', '-at_install')
class TestOutletVerdict(HttpCase, AppraisalCommon):
    """The people of a station are portal users: they appraise and propose on their page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.olga, cls.zoe = (
            new_test_user(cls.env, login, 'base.group_portal', password=f'{login}-secret',
                          name=name, tz='UTC')
            for login, name in (('olga', "Olga of North"), ('zoe', "Zoe of Nowhere")))
        cls.outlet.member_ids |= cls.olga

    def _accept(self, moment=DAY_5):
        order = self._create_judged(moment, outlet_id=self.outlet.id)
        order.offer_state = 'accepted'
        return order

    def test_station_issues_alone_in_the_first_days(self):
        order = self._accept()
        self.assertIsNone(order.with_user(self.olga)._appraise_for_outlet(
            FINDING | {'remedy': 'refund', 'state': 'cancelled', 'refund': '9'}))
        self.assertRecordValues(order.appraisal_ids, [{
            'state': 'issued', 'article': "Art. 9", 'user_id': self.olga.id,
            'issuer_id': self.olga.id, 'approver_id': False, 'refund': 3000.0}])

    def test_audit_is_read_neither_by_the_station_nor_by_the_customer(self):
        order = self._accept()
        order.with_user(self.olga)._appraise_for_outlet(FINDING | {'remedy': 'refund'})
        sheet = order.appraisal_ids
        self.zoe.partner_id.parent_id = self.customer
        for reader in self.olga, self.zoe:
            self.assertTrue(sheet.with_user(reader).read(['remedy', 'conclusion']))
            for name in ('audit_state', 'audit_note', 'audit_amount', 'auditor_id'):
                with self.subTest(reader=reader.name, name=name), (
                        self.assertRaises(AccessError)):
                    sheet.with_user(reader).read([name])

    def test_refused_sheet_is_kept_for_the_next_try(self):
        order = self._accept(DAY_12)
        station = order.with_user(self.olga)
        answer = station._appraise_for_outlet(FINDING | {'remedy': 'refund'})
        self.assertIn("within 7 days - it is day 12", answer)
        self.assertEqual(order.appraisal_ids.conclusion, FINDING['conclusion'])
        station._appraise_for_outlet(FINDING | {'remedy': 'exchange'})
        self.assertRecordValues(order.appraisal_ids, [{
            'state': 'issued', 'remedy': 'exchange'}])

    def test_station_proposes_an_exclusion_with_a_photo(self):
        order = self._accept()
        order.with_user(self.olga)._propose_exclusion_for_outlet(
            self.liquid.id, " Water marks ", [("board.png", b64decode(SIGNATURE))])
        self.assertRecordValues(order.exclusion_ids, [{
            'state': 'proposed', 'user_id': self.olga.id, 'note': "Water marks"}])
        self.assertEqual(len(order.exclusion_ids.photo_ids), 1)
        with self.assertRaisesRegex(UserError, "Choose one of the grounds"):
            order.with_user(self.olga)._propose_exclusion_for_outlet(self.liquid.id, "")

    def test_strangers_and_bad_answers_are_refused(self):
        order = self._accept()
        with self.assertRaises(AccessError):
            order.with_user(self.zoe)._appraise_for_outlet(FINDING | {'remedy': 'refund'})
        with self.assertRaises(AccessError):
            order.with_user(self.zoe)._propose_exclusion_for_outlet(self.liquid.id, "")
        with self.assertRaisesRegex(UserError, "not one of the form's"):
            order.with_user(self.olga)._appraise_for_outlet(FINDING | {'remedy': 'car'})
        order.warranty_id = False
        with self.assertRaisesRegex(UserError, "no unit to appraise"):
            order.with_user(self.olga)._appraise_for_outlet(FINDING)

    def test_form_chooses_nothing_for_the_station(self):
        order = self._accept()
        self.authenticate('olga', 'olga-secret')
        page = html.fromstring(self.url_open(f'/my/outlet/{order.id}').text)
        for name in ('fault_kind', 'responsibility', 'remedy', 'exclusion_id'):
            with self.subTest(name):
                [question] = page.xpath(f'//select[@name="{name}"]')
                self.assertTrue(question.get('required'))
                self.assertEqual(question.value, '')
        with self.assertRaisesRegex(UserError, "Choose the kind of fault"):
            order.with_user(self.olga)._appraise_for_outlet(
                DESK_FINDING | {'remedy': 'refund'})

    def test_page_takes_the_form_and_shows_the_sheet(self):
        order = self._accept(DAY_12)
        self.authenticate('olga', 'olga-secret')
        page = self.url_open(f'/my/outlet/{order.id}').text
        self.assertIn("Appraise the Fault", page)
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        data = FINDING | {'remedy': 'refund', 'csrf_token': token}
        page = self.url_open(f'/my/outlet/{order.id}/appraise', data=data).text
        self.assertIn("No rule gives", page)
        self.assertIn(FINDING['conclusion'], page)
        page = self.url_open(
            f'/my/outlet/{order.id}/appraise', data=data | {'remedy': 'exchange'}).text
        self.assertIn(order.appraisal_ids.name, page)
        page = self.url_open(
            f'/my/outlet/{order.id}/exclude',
            data={'exclusion_id': self.liquid.id, 'csrf_token': token},
            files={'photos': ('board.png', b64decode(SIGNATURE), 'image/png')}).text
        self.assertIn("Liquid inside", page)
        self.assertEqual(len(order.exclusion_ids.photo_ids), 1)
        self.authenticate('zoe', 'zoe-secret')
        self.assertEqual(self.url_open(f'/my/outlet/{order.id}').status_code, 404)
