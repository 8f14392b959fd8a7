import re

from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from odoo.addons.aftersales_service.tests import people
from odoo.addons.aftersales_service.tests.outlet.common import OutletCommon

from .common import ProofCommon


@tagged('post_install', '-at_install')
class TestPages(HttpCase, OutletCommon, ProofCommon):
    """A case on the portal, and its charge on the page of an outlet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = people.get_visitor(cls.env, 'owner')
        cls.stranger = people.get_visitor(cls.env, 'stranger')
        cls.case = cls._create_case(partner_id=cls.owner.partner_id.id)
        cls.case._portal_ensure_token()

    def _login(self, login):
        self.authenticate(login, login)

    # === PORTAL === #

    def test_owner_and_key_open_the_page_strangers_do_not(self):
        url = f'/my/proof/{self.case.id}'
        self._login('owner')
        self.assertIn(self.case.name, self.url_open('/my/proof').text)
        self.assertIn("Loud fan", self.url_open(url).text)
        self._login('stranger')
        self.assertNotIn(self.case.name, self.url_open('/my/proof').text)
        self.assertEqual(self.url_open(url).status_code, 404)
        self.authenticate(None, None)
        for key, status in (('', 404), ('?access_token=wrong', 404),
                            (f'?access_token={self.case.access_token}', 200)):
            with self.subTest(key):
                self.assertEqual(self.url_open(url + key).status_code, status)

    def test_key_opens_the_conversation_not_the_followers(self):
        self.case.message_subscribe(self.agent.partner_id.ids)
        self.case.message_post(body="We come", message_type='comment',
                               subtype_xmlid='mail.mt_comment')
        thread = {'thread_model': self.case._name, 'thread_id': self.case.id}
        key = self.case.access_token
        self.assertIn("We come", str(
            self.make_jsonrpc_request('/mail/chatter_fetch', {**thread, 'token': key})))
        with self.assertRaises(JsonRpcException), mute_logger('odoo.http'):
            self.make_jsonrpc_request('/mail/chatter_fetch', {**thread, 'token': 'wrong'})
        self.assertNotIn(self.agent.name, str(self.make_jsonrpc_request('/mail/data', {
            'fetch_params': [['mail.thread', {
                **thread, 'request_list': ['followers'], 'access_params': {'token': key}}]]})))

    # === OUTLET === #

    def test_outlet_is_charged_once_objects_and_is_heard(self):
        self.north.manager_id, self.south.manager_id = self.wang, self.chen
        case = self._decide(
            self._create_case(outlet_id=self.north.id), penalty=70.0)
        charge = case.charge_ids.sudo()
        self.assertRecordValues(charge, [{
            'kind': 'proof_case', 'amount': 70.0, 'state': 'open', 'user_id': self.lead.id,
            'outlet_id': self.north.id, 'reason': f"Case {case.name}"}])
        self._login('wang')
        token = re.search(r'csrf_token: "([^"]+)"', self.url_open('/my').text)[1]
        self.assertIn(f"Case {case.name}", self.url_open('/my/outlet/charges').text)
        for login, state in (('chen', 'open'), ('wang', 'objected')):
            self._login(login)
            token = re.search(r'csrf_token: "([^"]+)"', self.url_open('/my').text)[1]
            self.url_open(f'/my/outlet/charges/{charge.id}/object', data={
                'csrf_token': token, 'reason': "We were not there"})
            self.assertEqual(charge.state, state)
        charge.with_user(self.lead).action_uphold()
        self.assertEqual(case.charge_step, 'upheld')
        # nothing owed, nothing charged
        self.assertFalse(self._decide(self._create_case(outlet_id=self.north.id)).charge_ids)
