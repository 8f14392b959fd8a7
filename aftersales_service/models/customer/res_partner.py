from odoo import fields, models

from ..base.aftersales_smart_button_mixin import COUNTED


class ResPartner(models.Model):
    _name = 'res.partner'
    _inherit = ['res.partner', 'aftersales.smart.button.mixin']
    _aftersales_link = 'partner_id'

    # a caller is found by his number before the conversation starts
    phone_sanitized = fields.Char(index='btree_not_null')

    is_aftersales_retailer = fields.Boolean(
        string="Retailer", copy=False, groups='aftersales_service.group_aftersales_agent',
        help="Sells our goods: what its people ask for on the portal is noted as coming from a "
             "retailer.")

    def _compute_aftersales_counts(self):
        self._count_with_contacts(COUNTED)

    def _count_with_contacts(self, counted):
        """Count with the contacts of a company, as core's buttons do.

        :param dict counted: model -> field that counts its records
        """
        family = self.with_context(active_test=False).search_fetch(
            [('id', 'child_of', self.ids)], ['parent_id'])
        for model, field in counted.items():
            self[field] = 0
            groups = self.env[model]._read_group(
                [('partner_id', 'in', family.ids)], ['partner_id'], ['__count'])
            for partner, count in groups:
                while partner:
                    if partner in self:
                        partner[field] += count
                    partner = partner.parent_id

    def _get_aftersales_domain(self):
        return [('partner_id', 'child_of', self.ids)]
