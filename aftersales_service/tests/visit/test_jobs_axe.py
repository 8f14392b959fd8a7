import json
from base64 import b64decode
from datetime import timedelta

from odoo.tests import HttpCase, tagged

from ..axe import find_violations
from ..common import SIGNATURE
from .common import VisitCommon
from .phone import Phone

# what a thumb taps is 44 pixels high; a link within a sentence is as its line
SMALL = '''[...document.querySelectorAll(
    "a, button, input:not(.camera), select, summary, textarea")]
    .filter((el) => el.getClientRects().length && !el.closest("p, .notice"))
    .filter((el) => !(el.type === "checkbox" && el.closest("label")))
    .filter((el) => el.getBoundingClientRect().height < 43.5)
    .map((el) => `${el.outerHTML} ${el.getBoundingClientRect().height}`)'''


@tagged('post_install', '-at_install')
class TestJobsAxe(HttpCase, VisitCommon):
    """The technician's phone is used by people who see or point badly, and by screen readers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_template(
            {'name': "Power is cut", 'phase': 'before_work', 'is_mandatory': True})
        cls.now = cls.env.cr.now().replace(microsecond=0)
        cls.over, cls.order = (
            cls._dispatch(date=cls.now, warranty_id=card.id, charge_kind='paid')
            for card in (cls._create_card(serial='AC-0002'), cls._create_card()))
        cls.over.visit_ids.missed_reason = 'absent'
        cls.over.visit_ids._set_state('missed')
        cls._dispatch(date=cls.now.replace(hour=12) + timedelta(days=2))
        words = "The display shows E4"
        cls.order.message_post(
            body=words, author_id=cls.customer.id,
            message_type='comment', subtype_xmlid='mail.mt_comment',
            attachments=[('display.png', b64decode(SIGNATURE))])
        cls.visit = cls.order.visit_ids

    def _check(self, where):
        self.phone.settle()
        with self.subTest(where):
            self.assertEqual(find_violations(self.phone), [])
            self.assertEqual(self.phone.ask(SMALL), [])

    def test_list_job_sheets_and_queue(self):
        self.visit._set_state('on_site')
        self.env['aftersales.labour'].create(
            {'order_id': self.order.id, 'product_id': self.hour.id})
        self.env.flush_all()
        phone = self.phone = Phone(self, 'technician')
        phone.open('/my/jobs')
        phone.see('.card.job', "Li Na")
        phone.see('.is-coming')
        self._check("list")
        with phone.at_rest():
            page = f'#job/{self.visit.id}'
        phone.ask(f'location.hash = "{page}"')
        phone.see('.words img')
        self._check("job")
        for place in ('.tile', '.unit > .buttons > button', '.card .row.is-wrapped > button'):
            labels = phone.ask(
                f'[...document.querySelectorAll({json.dumps(place)})].map((el) => el.innerText)')
            self.assertTrue(labels, place)
            for label in labels:
                if "Photo" in label or "Quotation" in label:
                    continue  # the camera; an action at once
                phone.tap(place, label.split("\n")[0])
                phone.see('.sheet h2')
                phone.wait('document.activeElement.closest(".sheet")')
                self._check(label)
                phone.ask('document.activeElement.dispatchEvent('
                          'new KeyboardEvent("keydown", { key: "Escape", bubbles: true }))')
                phone.miss('.sheet')
        phone.tap('.queue-badge')
        phone.see('h1', "Waiting Actions")
        self._check("queue")
