import json

from odoo.tests import HttpCase, tagged

from odoo.addons.aftersales_service.tests.axe import check_page, find_violations
from odoo.addons.aftersales_service.tests.visit.phone import Phone

from .old_part_common import OldPartCommon


@tagged('post_install', '-at_install')
class TestPartAxe(HttpCase, OldPartCommon):
    """The pages of parts, on the phone and at the outlet, stop none of their readers."""

    def test_pages_of_an_outlet(self):
        self._create_tags(2, unit_value=20.0)
        self.env.flush_all()
        phone = Phone(self, self.wang.login)
        for path in ('/my/outlet/parts', '/my/outlet/old-parts'):
            check_page(self, phone, path)

    def test_pages_of_the_phone(self):
        self.env.flush_all()
        phone = Phone(self, 'technician')
        phone.open('/my/jobs')
        phone.see('.pages a')
        for link in phone.ask('[...document.querySelectorAll(".pages a")].map((el) => el.hash)'):
            phone.ask(f'location.hash = {json.dumps(link)}')
            phone.settle()
            with self.subTest(link):
                self.assertEqual(find_violations(phone), [])
