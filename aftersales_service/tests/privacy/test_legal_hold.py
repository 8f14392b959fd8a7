from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from ..common import SIGNATURE
from .test_erasure import ErasureCommon


@tagged('post_install', '-at_install')
class TestLegalHold(ErasureCommon):
    """What is under dispute stays until a team lead releases it, whatever is asked for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls._create_person('lead', 'team_lead', "Lead Lea")

    def _run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                'aftersales_service.ir_cron_aftersales_erase_expired').method_direct_trigger()
        self.env.invalidate_all()

    def _decide(self, user, reason, **values):
        self.env['aftersales.legal.hold'].with_user(user).create({
            'res_model': 'aftersales.order', 'res_ids': self.other.ids, 'reason': reason,
            **values}).action_confirm()

    def test_held_data_stay_until_they_are_released(self):
        self.env.company.write({
            'aftersales_photo_days': 30, 'aftersales_signature_days': 30,
            'aftersales_position_days': 30})
        action = self.other.with_user(self.lead).action_legal_hold()
        self.assertFalse(action['context']['default_is_release'])
        self._decide(self.lead, "The customer went to court")
        self.assertEqual(self.other.legal_hold_user_id, self.lead)
        self._run_cron()
        self.assertEqual(self._read_data(self.other), (4, 1, 1, True))
        still_there = self.customer.with_user(self.manager)._erase_service_data()
        self.assertIn(self.other, still_there)
        self.assertEqual(self._read_data(self.other), (4, 1, 1, True))
        self._decide(self.lead, "Settled", is_release=True)
        self.assertIn("Legal hold released: Settled", self.other.message_ids[0].body)
        self._run_cron()
        self.assertEqual(self._read_data(self.other), (0, 0, 0, False))

    def test_team_leads_decide_with_a_reason(self):
        for user in (self.dispatcher, self.technician):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.other.with_user(user)._hold_data("Mine")
        with self.assertRaises(AccessError), self.cr.savepoint():
            self._decide(self.dispatcher, "Mine")
        with self.assertRaisesRegex(UserError, "Write the reason"), self.cr.savepoint():
            self._decide(self.lead, " ")
        with self.assertRaisesRegex(UserError, "no legal hold to release"), self.cr.savepoint():
            self._decide(self.lead, "Settled", is_release=True)
        for vals in ({'legal_hold_reason': "Mine"}, {'date_legal_hold': False}):
            with self.assertRaises(UserError), self.cr.savepoint():
                self.other.with_user(self.lead).write(vals)

    # === DELETION BY HAND === #

    def _refuse_deletion(self, records):
        with self.assertRaisesRegex(UserError, "legal hold keeps it"), self.cr.savepoint():
            records.unlink()

    def test_held_order_its_files_and_messages_stay(self):
        other = self.other.with_user(self.manager)
        words = "It burnt my house"
        other.message_post(body=words, message_type='comment', attachment_ids=[
            self.env['ir.attachment'].with_user(self.manager).create(
                {'name': "house.png", 'raw': self._picture(), 'res_model': 'mail.compose.message'}
            ).id])
        message, files = other.message_ids[0], self.env['ir.attachment'].with_user(
            self.manager).search([('res_model', '=', other._name), ('res_id', '=', other.id)])
        self.assertIn("house.png", files.mapped('name'))
        exclusion = self.env['aftersales.order.exclusion'].with_user(self.manager).create({
            'order_id': other.id, 'exclusion_id': self.env[
                'aftersales.warranty.exclusion'].create({'name': "Opened"}).id})
        exclusion._add_photo('opened.png', self._picture())
        self._decide(self.lead, "The customer went to court")
        parts = other, files, message, exclusion, exclusion.photo_ids, other.checklist_ids
        for records in parts:
            with self.subTest(model=records._name):
                self.assertTrue(records)
                self._refuse_deletion(records)
                self._refuse_deletion(records.sudo())
        for act in (
                lambda: files[0].write({'raw': b'other'}),
                lambda: files[0].write({'res_id': self.closed.id}),
                lambda: message.write({'body': ""}),
                lambda: other._message_update_content(message, body=""),
                lambda: other.write({'signature': False}),
                lambda: other.write({'refusal_photo': False, 'signed_by': "Wang"})):
            with self.assertRaisesRegex(UserError, "legal hold keeps"), self.cr.savepoint():
                act()
        # work on it goes on
        words = "The lawyer called"
        other.message_post(body=words)
        other.write({'follow_up_note': "Wait for the court"})
        self._decide(self.lead, "Settled", is_release=True)
        for records in reversed(parts):
            records.exists().unlink()
        self.assertFalse(self.other.exists())

    def test_parts_of_a_held_order_stay_with_their_pictures(self):
        other = self.other.with_user(self.manager)
        check = other.checklist_ids.sudo()
        bare = check.copy({'photo': False, 'template_line_id': self._create_template(
            {'name': "Leak test", 'phase': 'after'}).line_ids.id})
        exclusion = self.env['aftersales.order.exclusion'].create({
            'order_id': other.id, 'exclusion_id': self.env[
                'aftersales.warranty.exclusion'].create({'name': "Opened"}).id})
        exclusion._add_photo('opened.png', self._picture())
        campaign = self.env['aftersales.campaign'].create({
            'title': "Recall", 'type_id': self.type_plain.id, 'reason': "Fire",
            'instruction': "Replace the capacitor", 'risk': "Fire", 'advice': "Switch it off"})
        card = self._create_card()
        parts = [
            bare,
            self.env['aftersales.labour'].create(
                {'order_id': other.id, 'product_id': self.hour.id}),
            self.env['aftersales.liaison'].create({
                'order_id': other.id, 'department': "R&D", 'addressee_id': self.employee.id,
                'subject': "Why?", 'content': "Please answer"}),
            self.env['aftersales.job.action'].create({
                'uuid': 'held-action-1', 'user_id': self.technician.id, 'order_id': other.id}),
            self.env['aftersales.campaign.unit'].create({
                'campaign_id': campaign.id, 'warranty_id': card.id, 'order_id': other.id})]
        self._decide(self.lead, "The customer went to court")
        for part in parts:
            with self.subTest(model=part._name):
                self._refuse_deletion(part.with_user(self.manager))
                self._refuse_deletion(part)
        for user in (self.technician, self.lead, self.manager):
            line, ground = check.with_user(user), exclusion.with_user(user)
            for act in (
                    lambda line=line: line.write({'photo': False}),
                    lambda line=line: line.write({'photo': SIGNATURE}),
                    lambda ground=ground: ground.write({'photo_ids': [(5,)]}),
                    lambda ground=ground: ground.write({'photo_ids': [(6, 0, [])]}),
                    lambda line=line: line.write({'order_id': self.closed.id})):
                with self.subTest(user=user.login), self.assertRaisesRegex(
                        UserError, "legal hold keeps|may not"), self.cr.savepoint():
                    act()
        with self.assertRaisesRegex(UserError, "legal hold keeps it"), self.cr.savepoint():
            check.sudo().photo = False
        bare.photo = SIGNATURE  # a gap is filled
        self._decide(self.lead, "Settled", is_release=True)
        for part in parts:
            part.with_user(self.manager).unlink()
        check.sudo().photo = False

    def test_a_held_order_keeps_customer_words_and_diagnosis(self):
        self.other.write({'advice': False, 'diagnosis': "Short circuit"})
        self._decide(self.lead, "The customer went to court")
        stranger = self.env['res.partner'].create({'name': "Somebody Else"})
        for user in (self.agent, self.lead, self.manager):
            for vals in ({'partner_id': stranger.id}, {'description': "Nothing"},
                         {'solution': False}, {'diagnosis': "Misuse"}):
                with self.subTest(user=user.login, vals=vals), self.assertRaisesRegex(
                        UserError, "legal hold keeps"), self.cr.savepoint():
                    self.other.with_user(user).web_save(vals, {})
        self.other.with_user(self.lead).advice = "Filter every month"
        self._decide(self.lead, "Settled", is_release=True)
        self.other.with_user(self.lead).diagnosis = "Misuse"

    def test_all_parts_of_an_order_that_people_delete_know_its_hold(self):
        # figures that are worked out again from the rest
        open_models = {'aftersales.cost.line'}
        silent = set()
        for name, model in self.env.items():
            if (model._abstract or model._transient or not name.startswith('aftersales.')
                    or hasattr(model, '_get_hold_documents')):
                continue
            if any(field.type == 'many2one' and field.store and not field.related
                   and field.comodel_name == 'aftersales.order'
                   for field in model._fields.values()) and (
                       self.env['ir.model.access'].search_count(
                           [('model_id.model', '=', name), ('perm_unlink', '=', True)], limit=1)):
                silent.add(name)
        self.assertEqual(silent - open_models, set())

    def test_other_documents_stay_with_their_own_hold_and_with_their_orders(self):
        card = self._create_card()
        reason = self.env.ref('aftersales_service.aftersales_return_reason_quality')
        returned = self.env['aftersales.return'].create({
            'partner_id': self.customer.id, 'reason_id': reason.id, 'order_id': self.other.id,
            'line_ids': [(0, 0, {'warranty_id': card.id})]})
        traded = self.env['aftersales.trade.in'].create({
            'partner_id': self.customer.id, 'description': "Old Make 3000",
            'order_id': self.other.id, 'signed_by': "Li Na"})
        sheet = self.env['aftersales.appraisal'].create({
            'warranty_id': card.id, 'partner_id': self.customer.id, 'day': '2026-01-12'})
        sheet.with_user(self.lead)._hold_data("Disputed")
        self._decide(self.lead, "The customer went to court")
        for document in returned, returned.line_ids, traded, sheet:
            with self.subTest(model=document._name):
                document._add_photo('unit.png', self._picture()) if (
                    document != sheet) else None
                self._refuse_deletion(document.with_user(self.manager))
        self._refuse_deletion(returned.line_ids.photo_ids.with_user(self.manager))
        traded.sudo().write({'state': 'disposed', 'date_disposed': self.other.date_closed})
        self.assertEqual(
            traded._erase_personal_data(['photo', 'signature'], 'retention').total(), 0)
        self._decide(self.lead, "Settled", is_release=True)
        sheet.with_user(self.lead)._release_data("Settled")
        self.assertEqual(
            traded._erase_personal_data(['photo', 'signature'], 'retention').total(), 2)
        (returned | returned.browse()).with_user(self.manager).unlink()
        sheet.with_user(self.manager).unlink()

    def test_period_of_a_model_and_kind_comes_first(self):
        self.env.company.aftersales_photo_days = 30
        period = self.env['aftersales.erasure.period'].with_user(self.manager).create({
            'res_model': 'aftersales.order', 'kind': 'photo', 'days': 0})
        self._run_cron()
        self.assertEqual(self._read_data(self.other)[1], 1)
        period.days = 200
        self._run_cron()
        self.assertEqual(self._read_data(self.other)[1], 1)
        period.days = 99
        self._run_cron()
        self.assertEqual(self._read_data(self.other)[1], 0)
        with self.assertRaises(AccessError):
            period.with_user(self.lead).days = 1

    def test_free_texts_have_a_period(self):
        self.other.write({'caller_name': "Li Na", 'follow_up_note': "Angry"})
        self.env.company.aftersales_text_days = 30
        self._run_cron()
        self.assertEqual(
            (self.other.caller_name, self.other.description, self.other.follow_up_note),
            (False, False, False))
        self.assertEqual(self.other.solution, "Capacitor changed")
        self.assertIn("Texts (4)", self.other.message_ids[0].body)
        self.open.date_closed = fields.Datetime.now() - timedelta(days=1)
        self._run_cron()
        self.assertTrue(self.open.description)

    @users('manager')
    def test_models_that_do_not_know_a_kind_are_left_alone(self):
        returns = self.env['aftersales.return']
        self.assertTrue(returns._get_personal_data_domain('position').is_false())
        self.assertFalse(returns.search(returns._get_personal_data_domain('voice')))
        self.assertEqual(self.env['aftersales.erasure']._prepare_counts(
            {'photo': 2, 'voice': 3}), {'photo_count': 2, 'other_count': 3})
