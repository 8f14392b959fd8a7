import doctest

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import BaseCase, tagged, users
from odoo.tools import mute_logger

from ...tools import serial_range
from .common import RecallCommon


class TestSerialRangeTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        result = doctest.testmod(serial_range)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)


@tagged('post_install', '-at_install')
class TestCampaignSelection(RecallCommon):

    def _count(self, **values):
        return self._create_campaign(
            serial_from=False, serial_to=False, **values).match_count

    @users('lead')
    def test_serial_range_takes_both_ends_and_one_length_only(self):
        self._create_cards(1, prefix='RC-0003')  # RC-0003-0000 sorts inside the range
        self.assertEqual(self._create_campaign().match_count, 5)

    @users('lead')
    def test_each_condition_narrows(self):
        states = self.env['res.country.state'].search([('country_id.code', '=', 'US')], limit=2)
        self.customer.write({'country_id': states[0].country_id.id, 'state_id': states[0].id})
        self.cards[:4].manufacture_date = '2025-06-01'
        self.cards[4:6].delivery_date = '2026-03-01'
        for values, count in [
                ({'product_ids': [Command.set(self.conditioner.ids)]}, 12),
                ({'product_ids': [Command.set(self.compressor.ids)]}, 0),
                ({'manufacture_from': '2025-06-01', 'manufacture_to': '2025-06-01'}, 4),
                ({'manufacture_from': '2025-06-02'}, 0),
                ({'delivery_from': '2026-03-01'}, 2), ({'delivery_to': '2026-02-28'}, 10),
                ({'policy_ids': [Command.set(self.policy.ids)], 'delivery_from': '2026-03-01'}, 2),
                ({'state_ids': [Command.set(states[0].ids)],
                  'product_ids': [Command.set(self.conditioner.ids)]}, 12),
                ({'state_ids': [Command.set(states[1].ids)],
                  'product_ids': [Command.set(self.conditioner.ids)]}, 0),
                ({'country_ids': [Command.set(states.country_id.ids)],
                  'product_ids': [Command.set(self.conditioner.ids)]}, 12)]:
            with self.subTest(values=values):
                self.assertEqual(self._count(**values), count)

    @users('lead')
    def test_units_that_came_back_are_left_out(self):
        self.env['aftersales.warranty.event'].sudo().create([
            {'warranty_id': self.cards[0].id, 'kind': 'close', 'state': 'done', 'note': "Back",
             'date': '2026-02-01'},
            {'warranty_id': self.cards[1].id, 'kind': 'exchange', 'state': 'done',
             'note': "Exchanged", 'date': '2026-02-01'}])
        self.cards[2].sudo().void_date = '2026-02-01'
        self.cards[2].sudo().cover_ids.void_date = '2026-02-01'
        products = [Command.set(self.conditioner.ids)]
        # a danger is called back from who tampered with the unit, too
        self.assertEqual(self._count(product_ids=products, kind='recall'), 10)
        self.assertEqual(self._count(product_ids=products, kind='service'), 9)

    @users('lead')
    def test_campaign_without_selection_takes_no_card(self):
        campaign = self._create_campaign(serial_from=False, serial_to=False)
        self.assertEqual(campaign.match_count, 0)
        with self.assertRaisesRegex(UserError, "which cards"):
            campaign.action_start()

    @users('lead')
    def test_bad_ranges_are_refused(self):
        for values, words in [
                ({'serial_to': False}, "first and the last"),
                ({'serial_to': 'RC-10'}, "same length"),
                ({'serial_from': 'RC-0009'}, "after the last")]:
            with self.subTest(values=values), self.assertRaisesRegex(ValidationError, words):
                self._create_campaign(**values)
        with mute_logger('odoo.sql_db'), self.assertRaises(IntegrityError):
            self._create_campaign(delivery_from='2026-02-01', delivery_to='2026-01-01')
            self.env.flush_all()

    @users('lead')
    def test_nothing_is_taken_before_it_is_asked_for(self):
        campaign = self._create_campaign()
        campaign.action_start()
        self.assertEqual((campaign.match_count, campaign.unit_count), (5, 0))
        campaign.action_add_units()
        self.assertEqual((campaign.unit_count, campaign.open_count), (5, 5))

    @users('lead')
    def test_card_is_in_a_campaign_once(self):
        campaign = self._start()
        campaign.action_add_units()
        self.assertEqual(campaign.unit_count, 5)
        with mute_logger('odoo.sql_db'), self.assertRaises(IntegrityError):
            self.env['aftersales.campaign.unit'].create({
                'campaign_id': campaign.id, 'warranty_id': campaign.unit_ids[0].warranty_id.id})
            self.env.flush_all()

    def test_units_sold_later_are_added_at_night(self):
        running, closed_list = self._start(), self._start(
            is_growing=False, serial_from='LT-0000', serial_to='LT-0009')
        stopped = self._start(serial_from='LT-0000', serial_to='LT-0009')
        stopped.action_stop()
        running.write({'serial_from': False, 'serial_to': False,
                       'product_ids': [Command.set(self.conditioner.ids)]})
        self._create_cards(3, prefix='LT')
        with self.enter_registry_test_mode():
            self.env.ref('aftersales_service.ir_cron_campaign_unit').method_direct_trigger()
        self.assertEqual(
            [campaign.unit_count for campaign in (running, closed_list, stopped)], [15, 0, 0])

    @users('lead')
    def test_other_companys_cards_stay_out(self):
        company = self.env['res.company'].sudo().create({'name': "Second"})
        self.env['aftersales.warranty'].sudo().create({
            'product_id': self.conditioner.id, 'serial': 'RC-0004', 'company_id': company.id,
            'policy_id': False})
        self.assertEqual(self._create_campaign().match_count, 5)


@tagged('post_install', '-at_install')
class TestCampaignRights(RecallCommon):

    @users('agent')
    def test_agent_reads_but_does_not_recall(self):
        campaign = self._start_as_lead()
        mine = campaign.with_user(self.agent)
        self.assertEqual(mine.unit_count, 5)
        for refused in (
                mine.action_stop, mine.action_add_units, mine.action_create_orders,
                mine.unit_ids[0].action_refuse, mine.unit_ids[0].action_send_letters,
                lambda: self.env['aftersales.campaign'].create({'title': "Mine"})):
            with self.assertRaises(AccessError):
                refused()

    def _start_as_lead(self):
        env, self.env = self.env, self.env(user=self.lead)
        try:
            return self._start()
        finally:
            self.env = env

    @users('employee')
    def test_employee_sees_nothing(self):
        campaign = self._start_as_lead()
        with self.assertRaises(AccessError):
            campaign.with_user(self.employee).read(['title'])

    @users('lead')
    def test_states_are_not_typed(self):
        campaign = self._start_as_lead()
        with self.assertRaisesRegex(UserError, "is protected"):
            campaign.state = 'finished'
        with self.assertRaisesRegex(AccessError, "is protected"):
            campaign.unit_ids[0].state = 'done'
        with self.assertRaisesRegex(AccessError, "is protected"):
            self.env['aftersales.campaign.unit'].create({
                'campaign_id': campaign.id, 'warranty_id': self.cards[0].id, 'state': 'done'})
        campaign.unit_ids[0].note = "Calls back on Monday"

    @users('lead')
    def test_campaign_with_units_stays_on_record(self):
        campaign = self._start_as_lead()
        with self.assertRaisesRegex(UserError, "stay on record"):
            campaign.with_user(self.manager).unlink()

    @users('lead')
    def test_flow_refuses_what_it_does_not_know(self):
        campaign = self._create_campaign()
        for refused in (campaign.action_stop, campaign.action_finish):
            with self.assertRaisesRegex(UserError, "cannot become"):
                refused()
        for refused in (
                campaign.action_add_units, campaign.action_send_letters,
                campaign.action_create_orders):
            with self.assertRaisesRegex(UserError, "do not run"):
                refused()
