from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from .money_common import PIXEL, MoneyCommon

# who names one of these records reads or changes it by what follows
DOCUMENTS = {
    'aftersales.complaint', 'aftersales.complaint.liability',
    'aftersales.complaint.liability.person', 'aftersales.claim', 'aftersales.capa',
    'aftersales.suggestion', 'aftersales.penalty', 'aftersales.notice'}


@tagged('post_install', '-at_install')
class TestComplaintLinks(MoneyCommon):
    """A record names only complaints that its writer may read; a hold keeps the parts of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret = cls.env['res.partner'].create({'name': "Secret Sun"})
        cls.foreign = cls._create_complaint(
            partner_id=cls.secret.id, user_id=cls.other_agent.id)

    def test_every_link_that_people_write_says_which_right_it_demands(self):
        silent = {
            str(field) for name, model in self.env.items()
            if model._auto and not model._abstract and self.env['ir.model.access'].sudo(
                ).search_count([('model_id.model', '=', name), '|', ('perm_write', '=', True),
                                ('perm_create', '=', True)], limit=1)
            for field in model._fields.values()
            if field.type in ('many2one', 'many2many') and field.store and not field.related
            and field.comodel_name in DOCUMENTS
            and getattr(field, 'protected', None) is not True
            and not getattr(field, 'link_access', None)}
        self.assertEqual(silent, set())

    @users('agent')
    def test_nothing_is_made_on_a_complaint_out_of_reach(self):
        self.assertFalse(self.foreign.with_user(self.env.user).has_access('read'))
        for name, link, vals in (
                ('aftersales.claim', 'complaint_id', {}),
                ('aftersales.capa', 'complaint_ids', {'subject': "Seal"}),
                ('aftersales.suggestion', 'complaint_id', {
                    'subject': "Seal", 'description': "A thicker one"}),
                ('aftersales.complaint', 'origin_id', {'subject': "Again"}),
                ('aftersales.complaint.contact', 'complaint_id', {'words': "Hello"}),
                ('aftersales.complaint.split', 'complaint_id', {
                    'subject': "Two", 'description': "Another matter"}),
                ('aftersales.complaint.merge', 'target_id', {})):
            model = self.env[name].with_user(self.env.user)
            value = self.foreign.id if model._fields[link].type == 'many2one' else [
                Command.link(self.foreign.id)]
            with self.subTest(model=name, way='value'), self.assertRaises(
                    AccessError), self.env.cr.savepoint():
                model.create({**vals, link: value})
            with self.subTest(model=name, way='form'), self.assertRaises(AccessError):
                model.onchange({**vals, link: value}, [link], {link: {}})

    @users('agent')
    def test_ones_own_complaint_is_named_as_before(self):
        own = self._create_complaint(self.env)
        claim = self.env['aftersales.claim'].create({'complaint_id': own.id})
        self.assertEqual(claim.partner_id, self.customer)

    def test_a_hold_keeps_the_parts_of_a_complaint(self):
        case = self._create_complaint()
        loss = self._lose(case)
        share = self._share(case, 100.0, 'department', department_id=self.department.id)
        claim = self.env['aftersales.claim'].create({
            'complaint_id': case.id, 'photo_ids': [
                Command.create({'name': "glass.png", 'raw': PIXEL})]})
        claims = self.env['aftersales.claim'].search([('id', '=', claim.id)])
        case.with_user(self.lead)._hold_data("In court")
        for parts in (loss, share, share.photo_ids):
            with self.subTest(parts=parts), self.assertRaisesRegex(
                    UserError, "legal hold keeps it"), self.env.cr.savepoint():
                parts.sudo().unlink()
        self.assertFalse(claims.filtered_domain(claims._get_free_domain()))
        case.with_user(self.lead)._release_data("Settled in court")
        self.assertEqual(claims.filtered_domain(claims._get_free_domain()), claim)
        loss.sudo().unlink()
        share.sudo().unlink()
