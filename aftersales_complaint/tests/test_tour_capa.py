from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user
from odoo.tools import mute_logger

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestTourCapa(HttpCase, ComplaintCommon):
    """An 8D by clicks: the owner to the last action, another person the check of its effect."""

    @mute_logger('odoo.http')  # the refusal that the owner reads on the way
    def test_8d_from_the_problem_to_the_check(self):
        desk = 'aftersales_complaint.group_complaint_desk'
        owner = new_test_user(self.env, 'tour_owner', desk)
        checker = new_test_user(self.env, 'tour_checker', desk)
        self.start_tour('/odoo/corrective-actions', 'aftersales_capa_owner', login='tour_owner')
        capa = self.env['aftersales.capa'].search([('user_id', '=', owner.id)])
        self.assertRecordValues(capa, [{
            'state': 'done', 'subject': "Door glass breaks", 'done_by_id': owner.id}])
        capa.date_done = fields.Datetime.now() - timedelta(days=100)
        self.start_tour(
            f'/odoo/corrective-actions/{capa.id}', 'aftersales_capa_checker',
            login='tour_checker')
        self.assertRecordValues(capa, [{'state': 'closed', 'checker_id': checker.id}])
