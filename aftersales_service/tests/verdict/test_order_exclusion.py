from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from ..common import SIGNATURE
from .common import DAY_40, DAY_400, VerdictCommon


@tagged('post_install', '-at_install')
class TestOrderExclusion(VerdictCommon):
    """The technician who finds a ground proposes it; a lead approves it, and the customer pays."""

    def setUp(self):
        super().setUp()
        self.order = self._create_judged(DAY_40)

    def _propose(self, ground=None, user=None, photo=True):
        exclusion = self.env['aftersales.order.exclusion'].with_user(
            user or self.technician).create({
                'order_id': self.order.id, 'exclusion_id': (ground or self.liquid).id,
                'note': "Water marks on the board"})
        if photo:
            exclusion.photo_ids = [Command.create({'name': "board.png", 'datas': SIGNATURE})]
        return exclusion

    @users('technician')
    def test_technician_proposes_and_does_not_decide(self):
        exclusion = self._propose()
        self.assertRecordValues(exclusion, [{
            'state': 'proposed', 'user_id': self.technician.id, 'article': "Art. 17 (2)"}])
        self.assertFalse(self.order.is_excluded)
        with self.assertRaisesRegex(AccessError, "Only team leads can approve"):
            exclusion.action_approve()
        for values in ({'state': 'approved'}, {'approver_id': self.env.uid}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "is protected"):
                exclusion.write(values)

    @users('technician')
    def test_state_of_a_new_one_is_not_chosen(self):
        vals = {'order_id': self.order.id, 'exclusion_id': self.liquid.id}
        for values in (
                {'state': 'approved'}, {'user_id': self.agent.id}, {'approver_id': self.env.uid}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "is protected"):
                self.env['aftersales.order.exclusion'].create({**vals, **values})
        exclusion = self.env['aftersales.order.exclusion'].with_context(
            default_state='approved', default_approver_id=self.env.uid).create(vals)
        self.assertRecordValues(exclusion, [{
            'state': 'proposed', 'user_id': self.technician.id, 'approver_id': False}])

    @users('technician')
    def test_exclusion_is_proposed_from_its_order(self):
        action = self.order.with_user(self.env.user).action_view_exclusions()
        self.assertEqual(action['views'], [(False, 'form')])
        exclusions = self.env[action['res_model']].with_context(**action['context'])
        form = Form(exclusions)
        self.assertEqual(form.order_id, self.order)
        form.exclusion_id = self.liquid
        form.note = "Water marks on the board"
        exclusion = form.save()
        self.assertRecordValues(exclusion, [{
            'order_id': self.order.id, 'company_id': self.order.company_id.id,
            'user_id': self.technician.id, 'state': 'proposed'}])
        # what the page sends of a form that was opened under the order's context
        [saved] = exclusions.browse().web_save(
            {'exclusion_id': self.force.id}, {'order_id': {}, 'company_id': {}})
        self.assertEqual((saved['order_id'], saved['company_id']), (
            self.order.id, self.order.company_id.id))

    @users('technician')
    def test_new_exclusion_of_the_list_finds_its_order(self):
        exclusions = self.env['aftersales.order.exclusion']
        domain = exclusions.fields_get(['order_id'])['order_id']['domain']
        if isinstance(domain, str):
            domain = safe_eval(domain, {'company_id': False})  # a new form has none
        orders = self.env['aftersales.order'].web_name_search(
            self.order.name, {'display_name': {}}, domain)
        self.assertEqual([order['id'] for order in orders], self.order.ids)

    @users('agent')
    def test_what_is_decided_is_not_typed(self):
        order = self.order.with_user(self.env.user)
        for values in ({'is_excluded': True}, {'cover_state': 'covered'},
                       {'event_day': '2026-01-11'}):
            with self.subTest(values=values):
                with self.assertRaisesRegex(UserError, "is protected"):
                    order.write(values)
                with self.assertRaisesRegex(UserError, "is protected"):
                    self._create_order(**values)

    @users('team_lead')
    def test_approval_needs_the_evidence_that_the_ground_needs(self):
        exclusion = self._propose(photo=False).with_user(self.env.user)
        with self.assertRaisesRegex(UserError, "needs a photo"):
            exclusion.action_approve()
        self._propose(self.force, photo=False).with_user(self.env.user).action_approve()
        self.assertTrue(self.order.is_excluded)

    def test_photo_that_proved_it_is_kept_as_it_was(self):
        exclusion = self._propose()
        photo = exclusion.photo_ids.with_user(self.technician)
        photo.name = "mainboard.png"
        exclusion.with_user(self.team_lead).action_approve()
        for change in (
                lambda: photo.write({'raw': b"another"}), lambda: photo.write({'name': "x"}),
                lambda: photo.write({'res_id': False}), photo.unlink,
                lambda: exclusion.write({'photo_ids': [Command.clear()]})):
            with self.subTest(), self.assertRaisesRegex(UserError, "cannot be changed"):
                change()
        self.assertEqual(exclusion.photo_ids.name, "mainboard.png")

    @users('team_lead')
    def test_approved_order_is_paid_with_a_quotation_first(self):
        order = self.order.with_user(self.env.user)
        part = self.env['stock.move'].create({
            'aftersales_order_id': order.id, 'product_id': self.compressor.id,
            'product_uom_qty': 1.0})
        labour = self.env['aftersales.labour'].create({
            'order_id': order.id, 'product_id': self.hour.id})
        self.assertTrue(part.is_aftersales_covered and labour.is_covered)
        self._propose().with_user(self.env.user).action_approve()
        self.assertEqual(order.charge_kind, 'paid')
        self.assertRecordValues(part, [{
            'is_aftersales_covered': False,
            'aftersales_cover_reason': "Excluded from the warranty"}])
        self.assertRecordValues(labour, [{
            'is_covered': False, 'cover_reason': "Excluded from the warranty"}])
        self._move_to(order, 'on_site')
        with self.assertRaisesRegex(UserError, "quotation must be accepted"):
            order.action_done()

    @users('team_lead')
    def test_main_part_is_excluded_as_well_when_the_unit_is_out_of_warranty(self):
        self.order = self._create_judged(DAY_400)
        part = self.env['stock.move'].create({
            'aftersales_order_id': self.order.id, 'product_id': self.compressor.id,
            'product_uom_qty': 1.0})
        self.assertTrue(part.is_aftersales_covered)
        self._propose().with_user(self.env.user).action_approve()
        self.assertFalse(part.is_aftersales_covered)

    @users('team_lead')
    def test_customer_receives_the_reason_with_the_article(self):
        self._propose().with_user(self.env.user).action_approve()
        message = self.order.message_ids[0]
        self.assertIn("Art. 17 (2) · Liquid inside", message.body)
        self.assertIn(self.customer, message.partner_ids)
        self.assertFalse(message.is_internal)

    @users('team_lead')
    def test_verdict_names_the_ground_and_gives_nothing_else(self):
        self._propose().with_user(self.env.user).action_approve()
        decision = self.order._decide()[self.order]
        self.assertFalse(decision.remedies)
        self.assertEqual(decision.exclusions, ("Art. 17 (2) · Liquid inside",))

    @users('team_lead')
    def test_withdrawn_exclusion_gives_the_warranty_back(self):
        exclusion = self._propose().with_user(self.env.user)
        exclusion.action_approve()
        exclusion.action_refuse()
        self.assertRecordValues(self.order, [{'is_excluded': False, 'charge_kind': 'free'}])
        with self.assertRaisesRegex(UserError, "cannot become “Approved”"):
            exclusion.action_approve()

    @users('team_lead')
    def test_a_later_date_does_not_undo_the_approval(self):
        self._propose().with_user(self.env.user).action_approve()
        self.order.date_event = '2026-03-01 12:00:00'
        self.assertEqual(self.order.charge_kind, 'paid')

    @users('team_lead')
    def test_gift_for_excluded_work_stays_a_gift_once_it_is_done(self):
        self._propose().with_user(self.env.user).action_approve()
        self.order.with_user(self.env.user).write(
            {'charge_kind': 'goodwill', 'goodwill_reason': "Waited for three weeks"})
        self.order.sudo().date_done = '2026-02-20 12:00:00'
        self.card.sudo().delivery_date = '2025-01-10'  # its covers are judged again
        self.assertEqual(self.order.charge_kind, 'goodwill')

    @users('team_lead')
    def test_decided_ground_and_done_work_stay(self):
        exclusion = self._propose().with_user(self.env.user)
        exclusion.action_approve()
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            exclusion.note = "Something else"
        self.order.sudo().date_done = '2026-02-20 12:00:00'
        with self.assertRaisesRegex(UserError, "The work is done"):
            exclusion.action_refuse()
        with self.assertRaisesRegex(UserError, "The work is done"):
            self._propose(self.force)

    @users('technician')
    def test_only_grounds_of_the_policy_and_each_once(self):
        self.policy.sudo().exclusion_ids = self.liquid
        with self.assertRaisesRegex(ValidationError, "is no ground of the policy"):
            self._propose(self.force)
        self._propose()
        with mute_logger('odoo.sql_db'), self.assertRaises(UniqueViolation):
            self._propose()

    @users('technician')
    def test_grounds_of_the_law_are_offered_for_the_policies_by_it(self):
        """A policy by the rules of a law, such as that of phones, names no grounds itself."""
        law = self.policy.sudo().copy({'name': "Law", 'exclusion_ids': [
            Command.set(self.liquid.ids)]})
        self.policy.sudo().base_id = law
        with self.assertRaisesRegex(ValidationError, "is no ground of the policy"):
            self._propose(self.force)
        exclusion = self._propose()
        self.assertEqual(exclusion.ground_ids, self.liquid)
        change = self.env['aftersales.warranty.change'].with_user(self.agent).new(
            {'warranty_id': self.card.id, 'kind': 'void'})
        self.assertEqual(change.ground_ids._origin, self.liquid)

    @users('team_lead')
    def test_kept_verdict_names_the_ground_in_the_readers_language(self):
        self.env['res.lang'].sudo()._activate_lang('zh_CN')
        self.liquid.sudo().with_context(lang='zh_CN').write(
            {'name': "进水", 'article': "第十七条"})
        self._propose().with_user(self.env.user).action_approve()
        order = self.order.with_user(self.env.user)
        order.with_context(lang='zh_CN').action_decide()
        verdict = order.verdict_ids
        self.assertEqual(verdict.summary, "Excluded: Art. 17 (2) · Liquid inside")
        self.assertIn("第十七条 · 进水", verdict.with_context(lang='zh_CN').summary)

    @users('other_agent')
    def test_stranger_neither_proposes_nor_reads(self):
        exclusion = self._propose()
        with self.assertRaises(AccessError):
            exclusion.with_user(self.env.user).read(['note'])
        with self.assertRaises(AccessError):
            self._propose(self.force, user=self.env.user)
