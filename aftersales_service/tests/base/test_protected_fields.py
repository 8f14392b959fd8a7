import json

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged, users

from ..common import SIGNATURE, AftersalesCommon


@tagged('post_install', '-at_install')
class TestProtectedFields(AftersalesCommon):
    """A protected field follows from its step: no way that a user has writes it directly."""

    @users('agent')
    def test_a_saved_default_fills_no_protected_field(self):
        defaults = self.env['ir.default']
        for name, value in (
                ('date_done', '2026-01-01 00:00:00'), ('reported_amount', 500.0),
                ('goodwill_user_id', self.manager.id), ('name', 'SV/1')):
            defaults.set('aftersales.order', name, value, user_id=True)
        defaults.set('aftersales.order', 'severity', '2', user_id=True)
        for orders in self.env['aftersales.order'], self.env['aftersales.order'].sudo():
            order = orders.create({'partner_id': self.customer.id})
            self.assertRecordValues(order, [{
                'date_done': False, 'reported_amount': 0.0, 'severity': '2',
                'goodwill_user_id': False}])
            self.assertNotEqual(order.name, 'SV/1')

    @users('agent')
    def test_a_saved_default_starts_no_order_in_the_middle(self):
        stage = self.env['aftersales.stage'].search([('state', '=', 'done')], limit=1)
        self.env['ir.default'].set('aftersales.order', 'stage_id', stage.id, user_id=True)
        with self.assertRaisesRegex(UserError, "starts in the first stage"):
            self._create_order()

    @users('agent')
    def test_code_takes_no_protected_field_from_its_callers_context(self):
        order = self.env['aftersales.order'].with_context(
            default_date_done='2026-01-01 00:00:00').sudo().create(
                {'partner_id': self.customer.id})
        self.assertFalse(order.date_done)

    @users('agent')
    def test_signature_of_done_work_is_no_attachment_to_change(self):
        order = self._create_order(type_id=self.type_carry_in.id)
        self._move_to(order, 'done')
        files = self.env['ir.attachment'].with_user(self.env.user)
        file = files.sudo().search([
            ('res_model', '=', order._name), ('res_id', '=', order.id),
            ('res_field', '=', 'signature')]).with_user(self.env.user)
        self.assertTrue(file)
        own = files.create({'name': "mine.png", 'datas': SIGNATURE})
        field = {'res_model': order._name, 'res_id': order.id, 'res_field': 'signature'}
        for change in (
                lambda: file.write({'datas': SIGNATURE}), lambda: file.write({'res_id': False}),
                lambda: file.write({'res_field': False}), file.unlink, lambda: own.write(field),
                lambda: files.create({'name': "mine.png", 'datas': SIGNATURE, **field})):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                change()
        self.assertTrue(order.signature)

    @users('agent')
    def test_pages_show_protected_fields_read_only(self):
        fields = self.env['aftersales.order'].fields_get(['date_done', 'name', 'description'])
        self.assertTrue(fields['date_done']['readonly'])
        self.assertTrue(fields['name']['readonly'])
        self.assertFalse(fields['description']['readonly'])

    @users('agent')
    def test_lines_and_lists_of_a_record_write_none_either(self):
        order = self._create_order()
        order.labour_ids = [Command.create({'product_id': self.hour.id})]
        for command in (
                {'labour_ids': [Command.update(order.labour_ids.id, {'sale_line_id': 1})]},
                {'labour_ids': [Command.create({
                    'product_id': self.hour.id, 'missed_visit_id': 1})]},
                {'offer_ids': [Command.clear()]}):
            with self.subTest(command=command), self.assertRaisesRegex(
                    AccessError, "is protected"):
                order.web_save(command, {})

    @users('manager')
    def test_an_import_says_which_column_is_protected(self):
        result = self.env['aftersales.order'].load(
            ['partner_id/.id', 'date_done'], [[str(self.customer.id), '2026-01-01 00:00:00']])
        self.assertFalse(result['ids'])
        self.assertIn("“Done on” (Service Order) is protected", json.dumps(
            result['messages'], ensure_ascii=False, default=str))

    @users('agent')
    def test_a_parent_is_given_once(self):
        order, other = self._create_order(), self._create_order()
        slips = self.env['aftersales.cost.line']
        self.assertEqual(slips._fields['res_id'].protected, 'after')
        exclusion = self.env['aftersales.order.exclusion'].create({
            'order_id': order.id,
            'exclusion_id': self.env['aftersales.warranty.exclusion'].sudo().create(
                {'name': "Liquid"}).id})
        with self.assertRaisesRegex(AccessError, "does not change"):
            exclusion.order_id = other

    @users('agent')
    def test_number_is_of_the_month_where_its_sequence_says_so(self):
        sequence = self.env['ir.sequence'].sudo().search(
            [('code', '=', 'aftersales.order')], limit=1)
        sequence.write({'use_date_range': True, 'prefix': 'SV/%(range_year)s/'})
        sequence.date_range_ids.unlink()
        first, second = self._create_order() | self._create_order()
        self.assertRegex(first.name, r'^SV/\d{4}/0*1$')
        self.assertRegex(second.name, r'^SV/\d{4}/0*2$')

    @users('agent')
    def test_new_order_of_a_list_is_made_with_a_form(self):
        form = Form(self.env['aftersales.order'].with_context(default_name="Typed in a list"))
        form.partner_id = self.customer
        order = form.save()
        self.assertNotEqual(order.name, "Typed in a list")


@tagged('post_install', '-at_install')
class TestCopiesOfCoreRecords(AftersalesCommon):
    """What we add to contacts and users does not stop users from duplicating them."""

    @users('employee')
    def test_employee_duplicates_a_contact(self):
        self.employee.group_ids |= self.env.ref('base.group_partner_manager')
        self.customer.is_aftersales_retailer = True
        copy = self.customer.with_user(self.env.user).copy()
        self.assertFalse(copy.sudo().is_aftersales_retailer)

    @users('employee')
    def test_administrator_of_rights_duplicates_a_user(self):
        self.employee.group_ids |= (
            self.env.ref('base.group_erp_manager') | self.env.ref('base.group_partner_manager'))
        copy = self.technician.with_user(self.env.user).copy()
        self.assertFalse(copy.sudo().aftersales_outlet_ids)
