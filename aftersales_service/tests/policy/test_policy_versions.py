from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged, users

from ..common import AftersalesCommon


@freeze_time('2026-06-15')
@tagged('post_install', '-at_install')
class TestPolicyVersions(AftersalesCommon):
    """Which text of a policy binds a unit, by the day on which it was sold."""

    def _renew(self):
        """Return the present policy and the version that follows it from today on."""
        policy = self.policy.with_user(self.env.user)
        policy.write({'code': 'AIRCON', 'version': '2025'})
        return policy, policy.browse(policy.action_new_version()['res_id'])

    @users('manager')
    def test_new_version_takes_over_and_closes_the_old_one(self):
        self.policy.sudo().remedy_ids = [Command.create({'name': "Free repair"})]
        old, new = self._renew()
        self.assertRecordValues(old | new, [
            {'code': 'AIRCON', 'version': '2025', 'date_to': date.fromisoformat('2026-06-14')},
            {'code': 'AIRCON', 'version': '2026', 'date_to': False}])
        self.assertEqual(str(new.date_from), '2026-06-15')
        self.assertEqual(new.name, old.name)
        self.assertEqual(new.term_ids.mapped('kind'), old.term_ids.mapped('kind'))
        self.assertEqual(new.term_ids.main_part_ids, old.term_ids.main_part_ids)
        self.assertEqual(new.remedy_ids.mapped('name'), ["Free repair"])
        self.assertFalse(new.term_ids & old.term_ids)
        self.assertEqual(old.version_count, 2)
        self.assertEqual(old.search(old.action_view_versions()['domain']), old | new)

    @users('manager')
    def test_version_of_the_day_of_sale_binds(self):
        old, new = self._renew()
        new.term_ids.filtered(lambda term: term.kind == 'whole_unit').months = 24
        for day, policy in [('2026-06-14', old), ('2026-06-15', new), ('2030-01-01', new)]:
            with self.subTest(day=day):
                found = self.conditioner._get_warranty_policy(
                    self.env.company, date.fromisoformat(day))
                self.assertEqual(found, policy)
        self.assertEqual(self.conditioner._get_warranty_policy(self.env.company), new)

    @users('manager')
    def test_cards_already_made_keep_their_policy(self):
        card = self._create_card()
        old, new = self._renew()
        new.term_ids.months = 60
        self.assertEqual(card.policy_id, old)
        self.assertEqual(str(card.date_end), '2027-01-10')

    @users('manager')
    def test_second_renewal_on_one_day_follows_the_first(self):
        __, new = self._renew()
        third = new.browse(new.action_new_version()['res_id'])
        self.assertEqual(
            [str(new.date_from), str(new.date_to), str(third.date_from)],
            ['2026-06-15', '2026-06-15', '2026-06-16'])

    @users('manager')
    def test_policy_that_ended_binds_nothing_sold_later(self):
        policy = self.policy.with_user(self.env.user)
        policy.date_to = '2026-05-31'
        find = self.conditioner._get_warranty_policy
        self.assertTrue(find(self.env.company, date.fromisoformat('2026-05-31')))
        self.assertFalse(find(self.env.company, date.fromisoformat('2026-06-01')))

    @users('manager')
    def test_policy_that_was_withdrawn_binds_nothing_any_more(self):
        policy = self.policy.with_user(self.env.user)
        policy.active = False
        self.assertFalse(self.conditioner._get_warranty_policy(self.env.company))

    @users('manager')
    def test_overlapping_versions_are_refused(self):
        old, new = self._renew()
        with self.assertRaisesRegex(ValidationError, "both bind units sold on .*AIRCON"):
            old.date_to = '2026-06-15'
        with self.assertRaisesRegex(ValidationError, "cannot overlap"):
            new.date_from = False

    @users('manager')
    def test_drafts_other_companies_and_countries_may_overlap(self):
        old, new = self._renew()
        old.write({'active': False, 'date_to': False})
        new.write({'country_ids': [Command.link(self.env.ref('base.de').id)]})
        old.write({'active': True, 'country_ids': [Command.link(self.env.ref('base.fr').id)]})
        with self.assertRaisesRegex(ValidationError, "cannot overlap"):
            old.country_ids = [Command.link(self.env.ref('base.de').id)]
        old.write({
            'company_id': self.env.company.id,
            'country_ids': [Command.set(new.country_ids.ids)]})

    @users('manager')
    def test_copy_by_hand_is_a_policy_of_its_own(self):
        policy = self.policy.with_user(self.env.user)
        policy.code = 'AIRCON'
        copy = policy.copy()
        self.assertFalse(copy.code)
        self.assertEqual(copy.name, "Air conditioners (copy)")

    @users('agent')
    def test_agent_makes_no_version(self):
        with self.assertRaises(AccessError):
            self.policy.with_user(self.env.user).action_new_version()
