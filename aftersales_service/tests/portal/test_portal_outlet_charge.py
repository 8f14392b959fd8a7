import re
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..outlet.test_outlet_charge import OutletChargeCommon

PAGE = '/my/outlet/charges'


@tagged('post_install', '-at_install')
class TestPortalOutletCharge(HttpCase, OutletChargeCommon):
    """An outlet's boss reads on the phone what it was charged, and objects in time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.charge = cls._charge(reason="Key of the van lost")

    def _open(self, login='wang', url=PAGE):
        self.authenticate(login, login)
        return self.url_open(url)

    def _object(self, login='wang', reason="It hangs in the van"):
        """Send the form as the browser does."""
        self.authenticate(login, login)
        token = re.search(r'csrf_token: "([^"]+)"', self.url_open('/my').text)[1]
        return self.url_open(f'{PAGE}/{self.charge.id}/object', data={
            'csrf_token': token, 'reason': reason})

    def test_boss_finds_the_charge_and_objects(self):
        self.assertIn(f'href="{PAGE}"', self._open(url='/my/outlet').text)
        page = self._open().text
        self.assertIn("Key of the van lost", page)
        self.assertIn("80.00", page)
        self.assertIn(f'{PAGE}/{self.charge.id}/object', page)
        page = self._object().text
        self.assertEqual(self.charge.state, 'objected')
        self.assertIn("It hangs in the van", page)
        self.assertNotIn(f'{PAGE}/{self.charge.id}/object', page)
        self.assertNotIn("cannot become", self._object().text)  # tapped twice
        self.assertIn("cannot become", self._object(reason="Another one").text)

    def test_without_reason_or_too_late_the_page_says_so(self):
        self.assertIn("Give the reason of the objection first", self._object(reason=" ").text)
        self.charge.sudo().objection_date = fields.Date.today() - timedelta(days=3)
        page = self._open().text
        self.assertIn("The time to object ended on", page)
        self.assertNotIn(f'{PAGE}/{self.charge.id}/object', page)
        self.assertIn("The time to object to this charge ended on", self._object().text)
        self.assertEqual(self.charge.state, 'open')

    def test_technician_of_the_outlet_and_strangers_see_no_such_page(self):
        self.assertNotIn(f'href="{PAGE}"', self._open('zhao', '/my/outlet').text)
        for login in 'zhao', 'agent':
            with self.subTest(login=login):
                self.assertEqual(self._open(login).status_code, 404)
                self.assertEqual(self._object(login).status_code, 404)
        self.assertNotIn("Key of the van lost", self._open('chen').text)
        self.assertIn("an outlet that you lead", self._object('chen').text)
        self.assertEqual(self.charge.state, 'open')
