from odoo import api, fields, models


class AftersalesOrder(models.Model):
    """The order's number on the online platform it came from, by which it is made once."""

    _inherit = 'aftersales.order'

    platform_id = fields.Many2one(
        'aftersales.platform', readonly=True, copy=False, ondelete='restrict',
        check_company=True)
    platform_number = fields.Char(
        string="Number on the Platform", readonly=True, copy=False, index='btree_not_null')
    platform_line = fields.Char(string="Line on the Platform", readonly=True, copy=False)

    _platform_uniq = models.UniqueIndex(
        '(company_id, platform_id, platform_number, platform_line) '
        'WHERE platform_id IS NOT NULL',
        "This line of the platform's order is registered already.")

    @api.model
    def _get_platform_keys(self, platform, company, numbers):
        """Return the ``(number, line)`` pairs among ``numbers`` that are registered already."""
        # what somebody else registered is known as well
        orders = self.sudo().with_context(active_test=False).search_fetch(
            [('company_id', '=', company.id), ('platform_id', '=', platform.id),
             ('platform_number', 'in', list(numbers))], ['platform_number', 'platform_line'])
        return {(order.platform_number, order.platform_line) for order in orders}
