from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestPolicy(AftersalesCommon):

    def _write_policy(self, **values):
        return self.env['aftersales.warranty.policy'].create({
            'name': "Fans", 'term_ids': [Command.create({'name': "Whole unit"})], **values})

    @users('manager')
    def test_policy_without_terms_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "add at least one term"):
            self.env['aftersales.warranty.policy'].create({'name': "Empty"})

    @users('manager')
    def test_draft_may_be_written_term_by_term_but_not_published_empty(self):
        draft = self.env['aftersales.warranty.policy'].create({'name': "New", 'active': False})
        with self.assertRaisesRegex(ValidationError, "add at least one term"):
            draft.action_publish()
        draft.term_ids = [Command.create({'name': "Whole unit"})]
        draft.action_publish()
        self.assertTrue(draft.active)

    @users('manager')
    def test_last_term_stays(self):
        policy = self._write_policy()
        with self.assertRaisesRegex(UserError, "Fans would promise nothing"):
            policy.term_ids.unlink()
        policy.unlink()

    @users('manager')
    def test_last_term_does_not_move_to_another_policy(self):
        policy, other = self._write_policy(), self._write_policy(name="Pumps")
        with self.assertRaisesRegex(ValidationError, "Fans promises nothing yet"):
            policy.term_ids.policy_id = other

    @users('manager')
    def test_numbers_out_of_range_are_refused(self):
        policy = self._write_policy(
            usage_unit='km', remedy_ids=[Command.create({'name': "Repair"})])
        for record, values in [
                (policy.term_ids, {'months': 0}), (policy.term_ids, {'percent': 101}),
                (policy.term_ids, {'usage_limit': -1}), (policy, {'daily_rate': -1}),
                (policy, {'manufacture_grace_days': -1}), (policy.remedy_ids, {'min_repairs': -1}),
                (policy, {'date_from': '2026-02-01', 'date_to': '2026-01-31'})]:
            with self.subTest(values=values), mute_logger('odoo.sql_db'), (
                    self.assertRaises(CheckViolation)), self.cr.savepoint():
                record.write(values)
                record.flush_recordset()

    @users('manager')
    def test_component_term_needs_its_parts(self):
        with self.assertRaisesRegex(ValidationError, "name at least one"):
            self._write_policy(term_ids=[Command.create({'name': "Parts", 'kind': 'component'})])

    @users('manager')
    def test_limit_by_usage_needs_a_meter(self):
        with self.assertRaisesRegex(ValidationError, "what the meter counts"):
            self._write_policy(
                term_ids=[Command.create({'name': "Whole unit", 'usage_limit': 60_000})])

    @users('manager')
    def test_window_needs_a_length(self):
        policy = self._write_policy()
        with self.assertRaisesRegex(ValidationError, "has no length"):
            policy.remedy_ids = [Command.create({'name': "Refund", 'has_window': True})]

    @users('manager')
    def test_exchange_in_place_of_an_exchange_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "in place of an exchange"):
            self._write_policy(remedy_ids=[Command.create({
                'name': "Odd", 'remedy': 'exchange', 'instead_of_exchange': True})])

    @users('manager')
    def test_rules_of_itself_are_refused(self):
        policy = self._write_policy()
        derived = self._write_policy(base_id=policy.id)
        with self.assertRaisesRegex(ValidationError, "cannot take its rules from itself"):
            policy.base_id = derived

    @users('manager')
    def test_rules_and_exclusions_of_the_law_apply_with_the_policys_own_rate(self):
        ground = self.env['aftersales.warranty.exclusion'].create({'name': "Liquid"})
        law = self._write_policy(
            daily_rate=0.1, exclusion_ids=[Command.link(ground.id)], remedy_ids=[Command.create(
                {'name': "Refund", 'remedy': 'refund', 'fee': 'daily'})])
        phones = self._write_policy(
            base_id=law.id, daily_rate=0.5, remedy_ids=[Command.create({'name': "Repair"})])
        self.assertEqual(
            {(rule.remedy, rule.rate) for rule in phones._get_rules()},
            {('refund', 0.005), ('repair', 0.0)})
        self.assertEqual({rule.rate for rule in law._get_rules()}, {0.001})
        self.assertEqual(phones._get_exclusions(), ground)

    @users('manager')
    def test_rules_are_read_again_after_each_change(self):
        policy = self._write_policy(daily_rate=0.1, remedy_ids=[Command.create(
            {'name': "Refund", 'remedy': 'refund', 'fee': 'daily',
             'main_part_ids': [Command.link(self.main_part.id)]})])
        rule = policy.remedy_ids

        def read():
            return [(found.article, found.rate, len(found.parts)) for found in policy._get_rules()]

        self.assertEqual(read(), [("Refund", 0.001, 1)])
        policy.daily_rate = 0.5
        self.assertEqual(read(), [("Refund", 0.005, 1)])
        rule.article = "Art. 13"
        self.assertEqual(read(), [("Art. 13", 0.005, 1)])
        rule.main_part_ids = False
        self.assertEqual(read(), [("Art. 13", 0.005, 0)])
        rule.unlink()
        self.assertEqual(read(), [])

    @users('manager')
    def test_article_is_in_the_readers_language(self):
        self.env['res.lang'].sudo()._activate_lang('zh_CN')
        policy = self._write_policy(
            remedy_ids=[Command.create({'name': "Refund", 'article': "Art. 9"})])
        policy.remedy_ids.with_context(lang='zh_CN').article = "第九条"
        for lang, article in [('en_US', "Art. 9"), ('zh_CN', "第九条"), ('en_US', "Art. 9")]:
            rules = policy.with_context(lang=lang)._get_rules()
            self.assertEqual([rule.article for rule in rules], [article])

    @users('manager')
    def test_rule_says_its_conditions_in_words(self):
        policy = self._write_policy(remedy_ids=[
            Command.create({
                'name': "Week", 'remedy': 'refund', 'fault_kind': 'performance',
                'has_window': True, 'window_days': 7, 'window_from': 'delivery'}),
            Command.create({
                'name': "Twice", 'remedy': 'exchange', 'min_repairs': 2,
                'repairs_of': 'same_part', 'main_part_ids': [Command.link(self.main_part.id)],
                'same_model': 'available'})])
        self.assertEqual(policy.remedy_ids.mapped('summary'), [
            "performance fault · in the term · within 7 days · from delivery",
            "same model available · in the term · parts: Compressors · "
            "replacements of one part: 2"])

    @users('manager')
    def test_part_named_by_a_policy_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "name these main parts: Compressors"):
            self.main_part.with_user(self.env.user).unlink()
        self.env['aftersales.main.part'].create({'name': "Unused"}).unlink()

    @users('manager')
    def test_policy_counts_its_cards(self):
        self._create_card()
        policy = self.policy.with_user(self.env.user)
        self.assertEqual(policy.card_count, 1)
        self.assertEqual(policy.action_view_cards()['domain'], [('policy_id', 'in', policy.ids)])

    def test_who_reads_and_who_writes(self):
        policy = self._write_policy(
            exclusion_ids=[Command.create({'name': "Liquid"})],
            remedy_ids=[Command.create({'name': "Repair"})])
        for records in (policy, policy.term_ids, policy.remedy_ids, policy.exclusion_ids,
                        self.main_part):
            with self.subTest(model=records._name):
                records.with_user(self.manager).write({'name': "Changed"})
                self.assertTrue(records.with_user(self.agent).read(['name']))
                with self.assertRaises(AccessError):
                    records.with_user(self.agent).write({'name': "Changed again"})
                with self.assertRaises(AccessError):
                    records.with_user(self.employee).read(['name'])

    def test_policies_of_another_company_stay_there(self):
        company = self.env['res.company'].create({'name': "Second Company"})
        policy = self._write_policy(
            company_id=company.id, remedy_ids=[Command.create({'name': "Repair"})])
        ground = self.env['aftersales.warranty.exclusion'].create(
            {'name': "Liquid", 'company_id': company.id})
        part = self.env['aftersales.main.part'].create(
            {'name': "Fan", 'company_id': company.id})
        for records in (policy, policy.remedy_ids, ground, part):
            with self.subTest(model=records._name), self.assertRaises(AccessError):
                records.with_user(self.manager).read(['name'])
