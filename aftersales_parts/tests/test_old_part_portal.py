from base64 import b64decode
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import HttpCase

from odoo.addons.aftersales_service.tests import people
from odoo.addons.aftersales_service.tests.common import SIGNATURE, PortalCommon

from .old_part_common import OldPartCommon

URL = '/my/outlet/old-parts'


@tagged('post_install', '-at_install')
class TestOldPartPortal(PortalCommon, OldPartCommon, HttpCase):
    """An outlet's people see and send their own old parts, and those of no other outlet."""

    def setUp(self):
        super().setUp()
        self.mine = self._create_tags(2, unit_value=20.0)
        self.other = self._create_tags(1, outlet_id=self.south.id)
        self.authenticate(self.wang.login, self.wang.login)

    def test_outlet_reads_its_own(self):
        page = self.url_open(URL).text
        self.assertIn(self.mine[0].name, page)
        self.assertNotIn(self.other.name, page)
        parts = self.env['aftersales.old.part'].with_user(self.wang)
        self.assertEqual(parts.search([]), self.mine.with_user(self.wang))
        with self.assertRaises(AccessError):
            self.other.with_user(self.wang).read(['name'])
        with self.assertRaises(AccessError):
            self.mine.with_user(self.wang).write({'note': "Mine"})

    def test_stranger_finds_no_page(self):
        self.authenticate('owner', 'owner')
        self.assertEqual(self.url_open(URL).status_code, 404)
        self.assertEqual(self._post(f'{URL}/pack', part=self.mine[0].id).status_code, 404)

    def test_outlet_packs_and_sends_a_box(self):
        self._post(f'{URL}/pack', part=self.mine.ids, carrier="SF", waybill="SF123")
        self.assertEqual(set(self.mine.mapped('state')), {'boxed'})
        box = self.mine.box_id
        self.assertRecordValues(box, [{
            'state': 'sent', 'carrier': "SF", 'tracking_number': "SF123",
            'outlet_id': self.north.id}])
        self.assertIn(box.name, self.url_open(URL).text)
        self.assertIn("Choose the old parts", self._post(f'{URL}/pack').text)

    def test_outlet_packs_all_that_it_has_by_one_click(self):
        self._post(f'{URL}/pack', all='1', waybill="SF124")
        self.assertEqual(set(self.mine.mapped('state')), {'boxed'})
        self.assertEqual(self.other.state, 'due')

    def test_technicians_of_an_own_centre_find_their_page_and_boxes(self):
        self.north.member_ids |= self.technician
        box = self._pack(self.mine[0])
        other = self._pack(self.other)
        self.authenticate(self.technician.login, self.technician.login)
        page = self.url_open(URL)
        self.assertEqual(page.status_code, 200)
        self.assertIn(box.name, page.text)
        self.assertNotIn(other.name, page.text)
        papers = self.env['ir.actions.report']
        with patch.object(type(papers), '_render_qweb_pdf', return_value=(b'%PDF', 'pdf')):
            for found, status in ((box, 200), (other, 404)):
                self.assertEqual(
                    self.url_open(f'{URL}/box/{found.id}').status_code, status)
        self._post(f'{URL}/pack', part=self.mine[1].ids, waybill="SF125")
        self.assertEqual(self.mine[1].state, 'boxed')

    def test_outlet_prints_its_tags(self):
        self.assertIn(f'{URL}/tags', self.url_open(URL).text)
        papers = self.env['ir.actions.report']
        with patch.object(type(papers), '_render_qweb_pdf', return_value=(b'%PDF', 'pdf')) as pdf:
            answer = self.url_open(f'{URL}/tags')
        self.assertEqual(answer.headers['Content-Type'], 'application/pdf')
        self.assertEqual(
            pdf.call_args.args, ('aftersales_parts.action_report_old_part_tag', self.mine.ids))

    def test_outlet_packs_nothing_of_others(self):
        answer = self._post(f'{URL}/pack', part=(self.mine | self.other).ids)
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(set((self.mine | self.other).mapped('state')), {'due'})
        box = self._pack(self.other)
        self.assertEqual(self.url_open(f'{URL}/box/{box.id}').status_code, 404)

    def test_cheap_part_is_destroyed_on_site_with_a_photo(self):
        picture = {'photos': ('proof.png', b64decode(SIGNATURE), 'image/png')}
        self._post(f'{URL}/{self.mine[0].id}/destroy', files=picture)
        self.assertRecordValues(self.mine[0], [{'state': 'received', 'disposal': 'local'}])
        self.assertTrue(self.mine[0].photo_ids)
        self.mine[0].action_judge('accepted')
        self.mine[0].action_finish()
        self.assertFalse(self.mine[0].is_settlement_held)
        self.assertIn("Attach a photo", self._post(f'{URL}/{self.mine[1].id}/destroy').text)

    def test_hazardous_and_dear_parts_are_never_destroyed_on_site(self):
        parts = self.env['aftersales.old.part'].with_user(self.wang)
        photo = [('proof.png', b64decode(SIGNATURE))]
        dear = self._create_tags(1, unit_value=50.0)
        with self.assertRaisesRegex(UserError, "too valuable"):
            parts._destroy_for_holder(dear.id, photo)
        self.board.is_hazardous_waste = True
        with self.assertRaisesRegex(UserError, "never destroyed on site"):
            parts._destroy_for_holder(self.mine[0].id, photo)
        with self.assertRaises(AccessError):
            parts._destroy_for_holder(self.other.id, photo)

    def test_phone_of_a_technician_shows_what_the_technician_took_off(self):
        zhao = people.get_visitor(self.env, 'zhao')
        self.north.write({'member_ids': [(4, zhao.id)], 'manager_id': self.wang.id})
        self.mine[0].sudo().technician_id = zhao
        self.mine[1].sudo().technician_id = self.wang
        data = zhao.with_user(zhao)._get_mobile_data('old_parts')
        self.assertEqual([part['name'] for part in data['parts']], [self.mine[0].name])
        self.assertEqual(zhao._prepare_mobile_old_parts()['count'], 1)
        # the manager sees all of them, and whose they are
        data = self.wang.with_user(self.wang)._get_mobile_data('old_parts')
        self.assertEqual({part['name']: part['technician'] for part in data['parts']},
                         {self.mine[0].name: zhao.name, self.mine[1].name: ""})

    def test_phone_shows_what_to_bring_back_and_how_soon(self):
        counts = self.wang._prepare_mobile_old_parts()
        self.assertEqual(counts['count'], 2)
        data = self.url_open('/my/jobs/data/old_parts').json()
        self.assertEqual([part['name'] for part in data['parts']], self.mine.mapped('name'))
        self.assertEqual(
            {part['days_left'] for part in data['parts']}, {counts['days_left']})
        self.assertNotIn(self.other.name, str(data))
        self.mine.sudo().date_due = fields.Date.add(
            self.env.company._get_aftersales_day(fields.Datetime.now()), days=10)
        for days, is_urgent in (11, True), (10, False):
            self.env.company.aftersales_old_part_warning_days = days
            data = self.url_open('/my/jobs/data/old_parts').json()
            self.assertEqual({part['is_urgent'] for part in data['parts']}, {is_urgent})
