import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged, users

from ..common import SIGNATURE, AftersalesCommon


@tagged('post_install', '-at_install')
class TestErasureDocuments(AftersalesCommon):
    """Photos and signatures of returns, trade-ins and appraisals go as those of orders do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls._create_card(price=3000.0)
        cls.old = fields.Datetime.now() - timedelta(days=100)
        cls.returned = cls._create_return(cls.card)
        cls.traded = cls.env['aftersales.trade.in'].create({
            'partner_id': cls.customer.id, 'description': "Old Make 3000", 'signed_by': "Li Na",
            'signature': SIGNATURE})
        cls.sheet = cls.env['aftersales.appraisal'].create({
            'warranty_id': cls.card.id, 'partner_id': cls.customer.id, 'day': '2026-01-12'})
        for record in cls.returned, cls.returned.line_ids, cls.traded, cls.sheet:
            record._add_photo('unit.png', base64.b64decode(SIGNATURE))
        # what the customer sends in a message is a picture of the customer as well
        cls.returned.message_post(attachments=[
            ('home.png', base64.b64decode(SIGNATURE)), ('invoice.txt', b"Total 12")])
        cls.documents = [cls.returned, cls.traded, cls.sheet]

    @classmethod
    def _create_return(cls, card, **values):
        reason = cls.env.ref('aftersales_service.aftersales_return_reason_quality')
        return cls.env['aftersales.return'].create({
            'partner_id': cls.customer.id, 'reason_id': reason.id,
            'line_ids': [(0, 0, {'warranty_id': card.id})], **values})

    def _finish(self, moment=None):
        moment = moment or self.old
        self.returned.sudo().write({'state': 'settled', 'date_settled': moment})
        self.traded.sudo().write({'state': 'disposed', 'date_disposed': moment})
        self.sheet.sudo().write({'state': 'issued', 'date_issued': moment})

    def _read_data(self):
        """Return how many pictures each document holds, with the name on the slip."""
        self.env.invalidate_all()
        return (
            [len(record.sudo().picture_ids) for record in self.documents]
            + [len(self.returned.sudo().line_ids.photo_ids), bool(self.traded.signature),
               self.traded.signed_by])

    def _run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                'aftersales_service.ir_cron_aftersales_erase_expired').method_direct_trigger()

    def test_what_is_under_way_keeps_its_proofs(self):
        self.env.company.write({'aftersales_photo_days': 1, 'aftersales_signature_days': 1})
        self._run_cron()
        self.assertEqual(self._read_data(), [2, 1, 1, 1, True, "Li Na"])

    def test_each_kind_goes_when_its_period_is_over(self):
        self._finish()
        self.env.company.aftersales_signature_days = 99
        self._run_cron()
        self.assertEqual(self._read_data(), [2, 1, 1, 1, False, False])
        self.env.company.aftersales_photo_days = 101
        self._run_cron()
        self.assertEqual(self._read_data(), [2, 1, 1, 1, False, False])
        self.env.company.aftersales_photo_days = 99
        self._run_cron()
        self.assertEqual(self._read_data(), [0, 0, 0, 0, False, False])
        self.assertIn('invoice.txt', self.env['ir.attachment'].search([
            ('res_model', '=', 'aftersales.return'),
            ('res_id', '=', self.returned.id)]).mapped('name'))
        self.assertRecordValues(self.env['aftersales.erasure'].search(
            [('photo_count', '>', 0)], order='id'), [
                {'document_count': 1, 'photo_count': 3, 'order_count': 0},
                {'document_count': 1, 'photo_count': 1, 'order_count': 0},
                {'document_count': 1, 'photo_count': 1, 'order_count': 0}])
        self.assertIn("Photos (3)", self.returned.message_ids[0].body)

    def test_evidence_stays_while_its_order_is_open(self):
        order = self._create_order(warranty_id=self.card.id)
        self.sheet.sudo().order_id = order
        self._finish()
        self.env.company.aftersales_photo_days = 50
        self._run_cron()
        self.assertEqual(self._read_data()[2], 1)
        order.date_closed = self.old
        self._run_cron()
        self.assertEqual(self._read_data()[2], 0)

    def test_evidence_of_exclusions_and_damage_goes_with_its_order(self):
        order = self._create_order(warranty_id=self.card.id)
        exclusion = self.env['aftersales.order.exclusion'].create({
            'order_id': order.id, 'exclusion_id': self.env[
                'aftersales.warranty.exclusion'].create({'name': "Dropped"}).id})
        damage = self.env['aftersales.delivery.damage'].create(
            {'order_id': order.id, 'description': "Dent"})
        for record in exclusion, damage:
            record._add_photo('dent.png', base64.b64decode(SIGNATURE))
        order.date_closed = self.old
        self.env.company.aftersales_photo_days = 50
        self._run_cron()
        self.env.invalidate_all()
        self.assertFalse((exclusion.photo_ids | damage.photo_ids).exists())

    @users('manager')
    def test_customer_asks_and_all_that_is_finished_goes(self):
        self._finish(fields.Datetime.now() - timedelta(minutes=1))
        self.customer.with_env(self.env)._erase_service_data()
        self.assertEqual(self._read_data(), [0, 0, 0, 0, False, False])
        self.assertIn("other documents: 3; positions: 0; photos: 5; signatures: 1",
                      self.customer.message_ids[0].body)

    @users('manager')
    def test_other_customers_keep_theirs(self):
        self._finish(fields.Datetime.now() - timedelta(minutes=1))
        self.env['res.partner'].create({'name': "Stranger"})._erase_service_data()
        self.assertEqual(self._read_data(), [2, 1, 1, 1, True, "Li Na"])

    @users('agent')
    def test_agents_erase_nothing(self):
        self._finish()
        with self.assertRaises(AccessError):
            self.customer.with_env(self.env)._erase_service_data()
        with self.assertRaises(AccessError):
            self.env['aftersales.erasure'].create({
                'company_id': self.env.company.id, 'reason': 'request',
                'user_id': self.env.uid, 'document_count': 1})
