from odoo.tests import tagged

from odoo.addons.aftersales_service.tests.axe import check_page
from odoo.addons.aftersales_service.tests.common import PortalCommon
from odoo.addons.aftersales_service.tests.visit.phone import Phone

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestPortalAxe(PortalCommon, ComplaintCommon):
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
