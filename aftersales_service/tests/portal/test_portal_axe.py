from base64 import b64decode

from odoo import Command, fields
from odoo.tests import tagged

from ..axe import check_page
from ..common import SIGNATURE, PortalCommon
from ..outlet.common import OutletCommon
from ..visit.phone import Phone


@tagged('post_install', '-at_install')
class TestPortalAxe(PortalCommon, OutletCommon):
    """The pages of customers and outlets are read by people who see or point badly, too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.north.manager_id = cls.wang
        cls.card = cls._create_card(partner_id=cls.owner.partner_id.id)

    def _check(self, phone, *paths):
        for path in paths:
            check_page(self, phone, path)

    def _create_done(self):
        order = self.env['aftersales.order'].create({
            'partner_id': self.owner.partner_id.id, 'warranty_id': self.card.id,
            'description': "It hums", 'technician_id': self.technician.id,
            'date_planned': fields.Datetime.now(), 'solution': "Cleaned"})
        self._move_to(order, 'done')
        return order

    def test_pages_of_the_customer(self):
        waiting = self.env['aftersales.order'].create({
            'partner_id': self.owner.partner_id.id, 'description': "It leaks"})
        on_site = self.env['aftersales.order'].create({
            'partner_id': self.owner.partner_id.id, 'technician_id': self.technician.id})
        self._move_to(on_site, 'on_site')
        on_site.write({'solution': "Cleaned", 'signature': False})
        done = self._create_done()
        thanks = "Thank you"
        done.message_post(
            body=thanks, author_id=self.owner.partner_id.id, message_type='comment',
            subtype_xmlid='mail.mt_comment', attachments=[('unit.png', b64decode(SIGNATURE))])
        returned = self.env['aftersales.return'].create({
            'partner_id': self.owner.partner_id.id, 'kind': 'return',
            'reason_id': self.env['aftersales.return.reason'].search([], limit=1).id,
            'line_ids': [Command.create({'warranty_id': self.card.id})]})
        self.env.flush_all()
        paths = ['/my/service', '/my/service/new', *(
            f'/my/service/{order.id}' for order in (waiting, on_site, done)),
            '/my/warranty', f'/my/warranty/{self.card.id}', '/my/returns',
            f'/my/returns/new/{self.card.id}', f'/my/returns/{returned.id}']
        self._check(Phone(self, 'owner'), *paths)

    def test_page_of_a_unit_with_a_recall(self):
        campaign = self.env['aftersales.campaign'].create({
            'title': "Capacitor may overheat", 'kind': 'recall', 'severity': '3',
            'reason': "The capacitor may overheat.", 'risk': "Fire", 'advice': "Switch it off",
            'instruction': "Replace the capacitor", 'type_id': self.type_on_site.id,
            'serial_from': self.card.serial, 'serial_to': self.card.serial})
        campaign.action_start()
        campaign.action_add_units()
        self.env.flush_all()
        path = f'/my/warranty/{self.card.id}'
        phone = Phone(self, 'owner')
        phone.open(path)
        phone.see('#wrap', "Ask for the Work")
        check_page(self, phone, path)

    def test_page_of_a_guest(self):
        url = self.card._get_qr_address().removeprefix(self.card.get_base_url())
        self.env.flush_all()
        self._check(Phone(self, None), url, url.replace('?', '/guest?'))

    def test_pages_of_an_outlet(self):
        offered = self._create_order(warranty_id=self._create_card(serial='AC-0002').id)
        taken = self._create_order(warranty_id=self._create_card(serial='AC-0003').id)
        for order in (offered, taken):
            order._set_state('assessed')
            order.action_offer_to_outlet()
        taken.with_user(self.wang).action_accept_offer()
        done = self._create_order(warranty_id=self._create_card(serial='AC-0004').id)
        done._set_state('assessed')
        done.action_offer_to_outlet()
        done.with_user(self.wang).action_accept_offer()
        done.with_user(self.wang).action_dispatch_to(self.wang.id, fields.Datetime.now())
        self.env.flush_all()
        paths = ['/my/outlet', '/my/outlet?section=waiting', '/my/outlet?section=running',
                 '/my/outlet?section=done', '/my/outlet/charges',
                 *(f'/my/outlet/{order.id}' for order in (offered, taken, done))]
        self._check(Phone(self, 'wang'), *paths)
