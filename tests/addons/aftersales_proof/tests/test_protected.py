import json

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged, users

from .common import ProofCommon

STAMP = '2026-01-01 00:00:00'


@tagged('post_install', '-at_install')
class TestProtected(ProofCommon):
    """Fields that a further module protects, on its document and on ours, by no way in."""

    def test_no_way_writes_a_stamp_of_the_case(self):
        case = self._create_case(user_id=self.agent.id).with_user(self.manager)
        cases = case.browse()
        for name, value in (
                ('date_decided', STAMP), ('decider_id', self.manager.id), ('name', 'PC/1'),
                ('verdict_file', 'dGV4dA==')):
            for way in (
                    lambda name=name, value=value: case.write({name: value}),
                    lambda name=name, value=value: case.web_save({name: value}, {}),
                    lambda name=name, value=value: cases.create({'title': "X", name: value})):
                with self.subTest(name), self.assertRaisesRegex(AccessError, "is protected"):
                    way()
        form = Form(cases.with_context(default_date_decided=STAMP, default_title="X"))
        self.env['ir.default'].with_user(self.manager).set(
            case._name, 'date_decided', STAMP, user_id=True)
        saved = form.save() | cases.create({'title': "Y"})
        self.assertEqual(saved.mapped('date_decided'), [False, False])
        result = cases.load(['title', 'date_decided'], [["Imported", STAMP]])
        self.assertFalse(result['ids'])
        self.assertIn("“Decided on” (Proof Case) is protected", json.dumps(
            result['messages'], ensure_ascii=False, default=str))

    @users('manager')
    def test_nor_does_a_command_of_the_order(self):
        order = self._create_order()
        case = self._create_case(self.env, order_id=order.id)
        for command in (
                Command.create({'title': "X", 'date_decided': STAMP}),
                Command.update(case.id, {'date_decided': STAMP})):
            with self.subTest(command), self.assertRaisesRegex(AccessError, "is protected"):
                order.write({'case_ids': [command]})
        order.write({'case_ids': [Command.create({'title': "Line"})]})
        self.assertEqual(len(order.case_ids), 2)

    def test_field_that_it_adds_to_a_sale_is_protected(self):
        self.manager.group_ids += self.env.ref('sales_team.group_sale_salesman_all_leads')
        sales = self.env['sale.order'].with_user(self.manager)
        values = {'partner_id': self.customer.id}
        with self.assertRaisesRegex(AccessError, "Seal of the Proof.*is protected"):
            sales.create({**values, 'proof_seal': "Forged"})
        sale = sales.with_context(default_proof_seal="Forged").create(values)
        with self.assertRaisesRegex(AccessError, "Seal of the Proof.*is protected"):
            sale.write({'proof_seal': "Forged"})
        self.assertFalse(sale.proof_seal)

    @users('manager')
    def test_parent_is_given_once_from_both_sides(self):
        order, other = self._create_order(), self._create_order()
        case = self._create_case(self.env, order_id=order.id)
        for change in (
                lambda: case.write({'order_id': other.id}),
                lambda: other.write({'case_ids': [Command.link(case.id)]}),
                lambda: order.write({'case_ids': [Command.unlink(case.id)]})):
            with self.assertRaisesRegex(AccessError, "does not change"), self.cr.savepoint():
                change()
                self.env.flush_all()
        self.assertEqual(case.order_id, order)

    @users('agent')
    def test_fields_that_it_adds_to_orders_are_protected_and_written_by_its_step(self):
        order = self._create_order(
            type_id=self.type_carry_in.id, proof_batch='B1', call_reference='C1')
        for vals in (
                {'proof_checked_on': STAMP}, {'proof_batch': 'B2'}, {'call_reference': 'C2'}):
            with self.subTest(vals), self.assertRaises(AccessError):
                order.write(vals)
        with self.assertRaisesRegex(AccessError, "Checked for Cases on.*is protected"):
            self._create_order(proof_checked_on=STAMP)
        self.env['ir.default'].set('aftersales.order', 'proof_checked_on', STAMP, user_id=True)
        self.assertFalse(self._create_order().proof_checked_on)
        self.assertTrue(order.fields_get(['proof_checked_on'])['proof_checked_on']['readonly'])
        self._move_to(order, 'done')
        self.assertTrue(order.proof_checked_on)

    @users('manager')
    def test_file_of_a_protected_field_is_no_attachment_to_change(self):
        case = self._create_case(self.env)
        case.sudo().verdict_file = 'dGV4dA=='
        files = self.env['ir.attachment']
        field = {'res_model': case._name, 'res_id': case.id, 'res_field': 'verdict_file'}
        file = files.sudo().search([(name, '=', value) for name, value in field.items()])
        for change in (
                lambda: file.sudo(False).write({'datas': 'b3RoZXI='}), file.sudo(False).unlink,
                lambda: files.create({'name': "x", 'datas': 'b3RoZXI=', **field})):
            with self.assertRaisesRegex(AccessError, "belongs to its record"), (
                    self.cr.savepoint()):
                change()
        self.assertEqual(case.verdict_file, b'dGV4dA==')
