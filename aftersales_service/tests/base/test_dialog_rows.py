from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestDialogRows(AftersalesCommon):
    """What a dialog of ours keeps belongs to the user who opened it."""

    def test_each_dialog_has_rights_and_a_rule_of_its_own(self):
        bare = []
        for name, model in self.env.items():
            if not (name.startswith('aftersales.') and model._transient):
                continue
            record = self.env['ir.model']._get(name)
            has_rule = record.rule_ids.filtered(
                lambda rule: not rule.groups and rule.domain_force
                == "[('create_uid', '=', user.id)]")
            if not (record.access_ids and has_rule):
                bare.append(name)
        self.assertEqual(bare, [])

    @users('other_agent')
    def test_refused_rows_of_a_colleague_are_not_read(self):
        platform = self.env['aftersales.platform'].sudo().create({'name': "Shop"})
        dialogs = self.env['aftersales.platform.import']
        made = dialogs.with_user(self.agent).create({
            'platform_id': platform.id, 'refused_file': 'U2VjcmV0', 'refused_name': "rows.csv"})
        made.flush_recordset()
        made.invalidate_recordset()
        self.assertFalse(dialogs.search([('id', '=', made.id)]))
        self.assertFalse(dialogs.formatted_read_group(
            [('id', '=', made.id)], ['refused_name'], ['__count']))
        foreign = made.with_user(self.env.user)
        for act in (
                lambda: foreign.read(['refused_file']), lambda: foreign.web_read({'file_name': {}}),
                lambda: foreign.write({'file_name': "mine"}), foreign.action_import):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                act()
        self.assertEqual(made.with_user(self.agent).read(['refused_name'])[0]['refused_name'],
                         "rows.csv")

    @users('agent')
    def test_amount_due_of_an_order_out_of_reach_is_not_asked(self):
        order = self.env['aftersales.order'].with_user(self.manager).create({
            'user_id': self.other_agent.id, 'partner_id': self.customer.id,
            'labour_ids': [Command.create({'product_id': self.hour.id})]})
        dialogs = self.env['aftersales.collection']
        for ask in (
                lambda: dialogs.create({'order_id': order.id, 'amount': 1.0}),
                lambda: dialogs.onchange({'order_id': order.id}, ['order_id'], {'amount': {}}),
                lambda: dialogs.with_context(default_order_id=order.id).onchange(
                    {}, [], {'order_id': {}, 'amount': {}})):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                ask()
