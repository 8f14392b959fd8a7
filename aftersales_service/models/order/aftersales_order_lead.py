from odoo import fields, models
from odoo.tools import clean_context


class AftersalesOrder(models.Model):
    """What sales can make of an order, and where it came from."""

    _inherit = 'aftersales.order'

    lead_id = fields.Many2one(
        'crm.lead', string="Opportunity", index='btree_not_null', copy=False, check_company=True,
        groups='base.group_user', link_access='read')

    def action_create_lead(self):
        """Make an opportunity from the order, such as a new unit instead of a repair."""
        self.ensure_one()
        self.check_access('write')
        if not self.lead_id:
            # the desk owns no sales rights; it passes on what the customer said
            self.sudo().lead_id = self.env['crm.lead'].sudo().with_context(
                clean_context(self.env.context)).create(self._prepare_lead_vals()).id
        self.message_post(body=self.env._("Passed on to sales."))

    def _prepare_lead_vals(self):
        self.ensure_one()
        return {
            'type': 'opportunity',
            'name': self.product_id.display_name or self.name,
            'partner_id': self.partner_id.id,
            'phone': self.phone,
            'company_id': self.company_id.id,
            'user_id': False,
            'referred': self.name,
        }
