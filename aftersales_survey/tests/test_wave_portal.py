from odoo.tests import tagged

from odoo.addons.aftersales_service.tests.common import PortalCommon

from .wave_common import WaveCommon


@tagged('post_install', '-at_install')
class TestWavePortal(PortalCommon, WaveCommon):
    """A customer who has logged in finds what is open, and nothing of others."""

    def test_customers_find_their_own_open_surveys(self):
        people = self.owner.partner_id | self.stranger.partner_id
        people.write({'email': 'somebody@example.com'})
        wave = self._create_campaign(domain=str([('id', 'in', people.ids)]))
        wave.action_draw()
        wave.action_launch()
        invitations = wave.sudo().invitation_ids
        invitations._send()
        urls = {one.partner_id: one._get_feedback_url() for one in invitations}
        self.authenticate('owner', 'owner')
        page = self.url_open('/my/surveys').text
        self.assertIn(urls[self.owner.partner_id], page)
        self.assertNotIn(urls[self.stranger.partner_id], page)
        invitations._refuse()
        self.assertIn("nothing to answer", self.url_open('/my/surveys').text)
        self.assertEqual(self.url_open(urls[self.owner.partner_id]).status_code, 200)
