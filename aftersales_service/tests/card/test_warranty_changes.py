from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged, users

from .common import CoversCommon

DAY = date(2026, 6, 1)


@tagged('post_install', '-at_install')
@freeze_time('2026-06-01 10:00:00')
class TestWarrantyChanges(CoversCommon):
    """Voiding, suspension, goodwill and new owners: who may, on what, and what follows."""

    def _wizard(self, kind, **values):
        wizard = Form(self.env['aftersales.warranty.change'].with_context(
            default_warranty_id=self.card.id, default_kind=kind))
        for name, value in values.items():
            setattr(wizard, name, value)
        return wizard.save().action_apply()

    def _own(self):
        return self.card.with_user(self.env.user)

    # === Voiding === #

    @users('team_lead')
    def test_lead_voids_with_evidence(self):
        self._own()._void(DAY, self.ground, "Opened by a stranger", self._upload())
        self.assertEqual((self.card.state, str(self.card.date_end)), ('void', '2026-05-31'))
        self.assertFalse(self.card._judge('labour', DAY).is_covered)
        self.assertTrue(self.card._judge('labour', date(2026, 5, 31)).is_covered)

    @users('team_lead')
    def test_reason_of_the_end_is_read_in_the_readers_language(self):
        self.env['res.lang'].sudo()._activate_lang('zh_CN')
        self.ground.with_context(lang='zh_CN').name = "未按说明书使用"
        self._own()._void(DAY, self.ground, evidence=self._upload())
        self._own()._transfer(self.new_owner, DAY)
        self.assertEqual(self._own().void_reason, "Use against the manual")
        self.assertEqual(self._own().with_context(lang='zh_CN').void_reason, "未按说明书使用")
        self._own()._reinstate(DAY, "Wrong unit")
        self.assertFalse(self._own().void_reason)
        self._own()._close(DAY, "RET/0001")
        self.assertEqual(self._own().void_reason, "Taken Back · RET/0001")

    @users('team_lead')
    def test_voiding_without_evidence_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "needs evidence"):
            self._own()._void(DAY, self.ground)
        self.ground.sudo().needs_evidence = False
        self._own()._void(DAY, self.ground)
        self.assertEqual(self.card.state, 'void')

    @users('agent')
    def test_agent_proposes_and_a_lead_approves(self):
        event = self._own()._void(DAY, self.ground, evidence=self._upload())
        self.assertEqual((event.state, self.card.state), ('proposed', 'covered'))
        with self.assertRaisesRegex(AccessError, "team lead"):
            event.action_approve()
        event.with_user(self.team_lead).action_approve()
        self.assertEqual((event.state, event.approver_id), ('done', self.team_lead))
        self.assertEqual(self.card.state, 'void')
        with self.assertRaisesRegex(UserError, "decided already"):
            event.with_user(self.team_lead).action_approve()

    @users('team_lead')
    def test_refused_proposal_changes_nothing(self):
        event = self.card.with_user(self.agent)._void(
            DAY, self.ground, evidence=self._upload(self.agent))
        event.with_user(self.env.user).action_refuse()
        self.assertEqual((event.state, self.card.state), ('refused', 'covered'))

    @users('team_lead')
    def test_voided_by_mistake_is_reinstated(self):
        self._own()._void(DAY, self.ground, evidence=self._upload())
        self._wizard('reinstate', note="Wrong unit")
        self.assertEqual((self.card.state, str(self.card.date_end)), ('covered', '2027-01-10'))
        with self.assertRaisesRegex(UserError, "was not voided"):
            self._own()._reinstate(DAY, "Again")

    @users('team_lead')
    def test_unit_taken_back_is_not_reinstated(self):
        self._own()._close(DAY, "Refunded")
        self.assertEqual(self.card.state, 'void')
        with self.assertRaisesRegex(UserError, "was not voided"):
            self._own()._reinstate(DAY, "Please")
        with self.assertRaisesRegex(UserError, "Refunded"):
            self._own()._give_goodwill(DAY, "Please", 12)

    @users('agent')
    def test_history_and_covers_are_written_by_no_user(self):
        event = self._own()._void(DAY, self.ground, evidence=self._upload())
        for record, vals in [(event, {'state': 'done'}), (self._own().cover_ids[0], {
                'void_date': False})]:
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.write(vals)
        with self.assertRaises(AccessError):
            self.env['aftersales.warranty.event'].create({
                'warranty_id': self.card.id, 'kind': 'goodwill', 'date': DAY})

    @users('agent')
    def test_evidence_is_the_users_own_upload(self):
        secret = self.env['ir.attachment'].sudo().create(
            {'name': "contract.pdf", 'raw': b"secret", 'res_model': 'res.company',
             'res_id': self.env.company.id})
        order = self.env['aftersales.order'].create({'warranty_id': self.card.id})
        photo = self.env['ir.attachment'].create({
            'name': "photo.png", 'res_model': 'aftersales.order', 'res_id': order.id})
        for stolen, error in (
                (secret, AccessError), (self._upload(self.other_agent), AccessError),
                (photo, ValidationError)):
            with self.subTest(error=error.__name__), self.assertRaises(error), (
                    self.cr.savepoint()):
                self._own()._void(DAY, self.ground, evidence=stolen.with_env(self.env))
        wizard = self.env['aftersales.warranty.change'].create({
            'warranty_id': self.card.id, 'kind': 'suspend', 'exclusion_id': self.ground.id,
            'proof_ids': [(6, 0, secret.ids)]})
        with self.assertRaises(UserError), self.cr.savepoint():
            wizard.action_apply()
        self.assertRecordValues(secret | photo, [
            {'res_model': 'res.company'}, {'res_model': 'aftersales.order'}])

    # === Suspension === #

    @users('team_lead')
    def test_promise_is_suspended_and_resumed(self):
        self._own()._suspend(DAY, self.ground, evidence=self._upload())
        self.assertEqual(self.card.state, 'suspended')
        verdict = self.card._judge('whole_unit', DAY)
        self.assertEqual((verdict.is_covered, verdict.reason), (False, 'suspended'))
        self._own()._resume(date(2026, 6, 11))
        self.assertEqual(self.card._judge('whole_unit', date(2026, 6, 10)).reason, 'suspended')
        self.assertTrue(self.card._judge('whole_unit', date(2026, 6, 11)).is_covered)
        with freeze_time('2026-06-11 10:00:00'):
            self._run_cron('ir_cron_warranty_state')
            self.assertEqual(self.card.state, 'covered')

    @users('team_lead')
    def test_what_does_not_rest_is_not_resumed(self):
        with self.assertRaisesRegex(UserError, "is not suspended"):
            self._own()._resume(DAY)
        self._own()._suspend(DAY, self.ground, evidence=self._upload())
        with self.assertRaisesRegex(UserError, "is suspended in this time already"):
            self._own()._suspend(DAY, self.ground, evidence=self._upload())

    # === Goodwill === #

    @users('team_lead')
    def test_lead_gives_goodwill_with_a_reason(self):
        self._wizard('goodwill', note="Loyal customer", months=6, percent=50.0)
        self.assertEqual(self._get_days(self.card, origin='goodwill'), [
            ('goodwill', 'whole_unit', '2027-01-11', '2027-07-11')])
        event = self.card.event_ids
        self.assertEqual((event.kind, event.approver_id), ('goodwill', self.team_lead))
        # the reason is ours; the customer's page names the cover
        cover = self.card.cover_ids.filtered(lambda cover: cover.origin == 'goodwill')
        self.assertNotIn("Loyal", cover.name)

    @users('agent')
    def test_agent_gives_no_goodwill(self):
        with self.assertRaisesRegex(AccessError, "team lead"):
            self._own()._give_goodwill(DAY, "Loyal customer", 6)

    @users('team_lead')
    def test_goodwill_needs_reason_length_and_kind(self):
        for reason, months, kind, sentence in [
                ("  ", 6, 'labour', "Say why"), ("Loyal", 0, 'labour', "at least a month"),
                ("Loyal", 6, False, "what the goodwill covers")]:
            with self.subTest(reason=reason), self.assertRaisesRegex(UserError, sentence):
                self._own()._give_goodwill(DAY, reason, months, kind=kind)

    @users('team_lead')
    def test_promise_beyond_the_calendar_ends_with_it(self):
        self._own()._give_goodwill(DAY, "For ever", 120_000)
        self._own()._give_goodwill(DAY, "And longer", 12)
        self.assertEqual(str(self.card.date_end), '9999-12-31')

    @users('agent')
    def test_dialog_without_a_change_is_refused(self):
        for context in {}, {'default_kind': 'close'}:
            with self.subTest(context=context), self.assertRaisesRegex(UserError, "Choose what"):
                self._own().with_context(**context).action_change()

    # === Owners === #

    @users('agent')
    def test_free_change_of_owner_is_anybodys(self):
        owner = new_test_user(self.env(su=True), 'portal_owner', 'base.group_portal')
        self.card.partner_id = owner.partner_id
        self.assertTrue(self.card.with_user(owner).has_access('read'))
        self.card.message_subscribe(owner.partner_id.ids)
        self._own()._transfer(self.new_owner, DAY)
        self.assertEqual(self.card.partner_id, self.new_owner)
        self.assertFalse(self.card.with_user(owner).has_access('read'))
        self.assertNotIn(owner.partner_id, self.card.message_partner_ids)
        event = self.card.event_ids
        self.assertEqual((event.old_partner_id, event.partner_id, event.state),
                         (owner.partner_id, self.new_owner, 'done'))
        self.assertEqual(self.card.state, 'covered')

    @users('agent')
    def test_policy_may_ask_for_approval(self):
        self.policy.transfer_rule = 'approval'
        event = self._own()._transfer(self.new_owner, DAY)
        self.assertEqual((event.state, self.card.partner_id), ('proposed', self.customer))
        event.with_user(self.team_lead).action_approve()
        self.assertEqual(self.card.partner_id, self.new_owner)

    @users('agent')
    def test_policy_may_end_the_promise_with_the_owner(self):
        self.policy.transfer_rule = 'none'
        self._wizard('transfer', partner_id=self.new_owner)
        self.assertEqual((self.card.partner_id, self.card.state), (self.new_owner, 'void'))

    @users('agent')
    def test_owner_is_not_overwritten(self):
        with self.assertRaisesRegex(UserError, "New Owner"):
            self._own().partner_id = self.new_owner
        with self.assertRaisesRegex(UserError, "already"):
            self._own()._transfer(self.customer, DAY)

    @users('agent')
    def test_what_follows_from_the_history_is_not_typed(self):
        for vals in ({'usage': 1.0}, {'void_date': False}, {'pauses': False}, {'state': 'covered'},
                     {'date_end': '2050-01-01'}, {'access_token': 'known-to-me'}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "is protected"):
                self._own().write(vals)
        with self.assertRaisesRegex(UserError, "is protected"):
            self.env['aftersales.warranty'].create({
                'product_id': self.conditioner.id, 'date_end': '2050-01-01'})

    @users('agent')
    def test_agent_does_not_change_what_policy_promised(self):
        generous = self.policy.copy({'name': "Ten years"})
        with self.assertRaisesRegex(AccessError, "team lead"):
            self._own().policy_id = generous
        self.card.with_user(self.team_lead).policy_id = generous
        self.assertEqual(self.card.policy_id, generous)

    def test_history_stays_in_its_company(self):
        company = self.env['res.company'].create({'name': "Second Company"})
        card = self._create_card(company_id=company.id, policy_id=self.policy.id)
        event = card._void(DAY, self.ground, evidence=self._upload())
        reading = self.env['aftersales.warranty.usage'].create(
            {'warranty_id': card.id, 'value': 5})
        for record in event, reading:
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(self.team_lead).read(['date'])
