from odoo import Command
from odoo.tests import tagged

from odoo.addons.aftersales_service.tests.axe import check_page
from odoo.addons.aftersales_service.tests.common import PortalCommon
from odoo.addons.aftersales_service.tests.outlet.common import OutletCommon
from odoo.addons.aftersales_service.tests.visit.phone import Phone

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestPortalAxe(PortalCommon, OutletCommon, ComplaintCommon):
    """The pages of complaints stop none of their readers."""

    def test_pages_of_the_customer(self):
        waiting, answered = (
            self._create_complaint(partner_id=self.owner.partner_id.id, user_id=self.desk.id)
            for __ in range(2))
        answered = self._judge(answered)
        self._propose(answered)
        answered.action_approve()
        answered.answer = "We fill it up and pay 100."
        answered.action_inform()
        self.env.flush_all()
        paths = ['/my/complaints', '/my/complaints/new',
                 *(f'/my/complaints/{case.id}' for case in (waiting, answered))]
        phone = Phone(self, 'owner')
        for path in paths:
            check_page(self, phone, path)

    def test_pages_of_who_answers_for_it(self):
        """Claims, rectification notices and grievances, open and refused."""
        self.north.manager_id = self.wang
        self._create_complaint(
            is_grievance=True, outlet_id=self.north.id, subject="Came late")
        claim = self.env['aftersales.claim'].with_user(self.desk).create({
            'kind': 'outlet', 'outlet_id': self.north.id, 'basis': "Scratched floor",
            'line_ids': [Command.create({'name': "Parquet", 'amount_asked': 90.0})]})
        notice = self.env['aftersales.capa'].with_user(self.desk).create({
            'kind': 'rectification', 'subject': "Call before you come",
            'outlet_id': self.north.id, 'demand': "Agree on an hour", 'date_due': '2027-01-01'})
        claim.action_submit()
        notice.action_start()
        self.env.flush_all()
        phone = Phone(self, 'wang')
        for path, words in (('/my/claims', claim.name), ('/my/outlet/grievances', "Came late")):
            phone.open(path)
            phone.see('#wrap', words)
            check_page(self, phone, path)
