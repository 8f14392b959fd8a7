from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.aftersales_service.tests import people
from odoo.addons.aftersales_service.tests.axe import check_page
from odoo.addons.aftersales_service.tests.visit.phone import Phone

from .result_common import ResultCommon


@tagged('post_install', '-at_install')
class TestSurveyAxe(HttpCase, ResultCommon):
    """What customers are asked and what outlets read of it stops none of their readers."""

    def test_pages_of_the_portal(self):
        boss = people.get_visitor(self.env, 'wang')
        self.pudong.write({'manager_id': boss.id, 'member_ids': [Command.set(boss.ids)]})
        last_month = datetime.now().replace(day=1) - timedelta(days=2)
        self._answer([{'csi': 80.0}] * 30, asked=last_month, outlet_id=self.pudong.id)
        answers = self._create_answers(self.wave)
        answers.aftersales_invitation_id.write({
            'partner_id': boss.partner_id.id, 'state': 'sent', 'date_sent': last_month})
        self.env.flush_all()
        phone = Phone(self, boss.login)
        check_page(self, phone, '/my/surveys', see=f'a[href*="{answers.access_token}"]')
        # one look for all our pages: muted words are read in the sun
        self.assertEqual(phone.ask(
            'getComputedStyle(document.querySelector("#wrap a .text-muted")).color'),
            'rgb(91, 104, 115)')
        check_page(
            self, phone, '/my/outlet/satisfaction', see='.o_outlet_satisfaction table')
