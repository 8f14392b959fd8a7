from odoo import fields, models


class AftersalesOrderType(models.Model):
    """A kind of service: which stages its orders pass and what they must bring home."""

    _name = 'aftersales.order.type'
    _description = "Service Order Type"
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    company_id = fields.Many2one('res.company', index='btree_not_null')
    stage_ids = fields.Many2many(
        'aftersales.stage', string="Stages",
        help="The stages that orders of this type pass; the others are left out.")
    is_on_site = fields.Boolean(
        string="At the Customer's", help="The work needs a visit, hence a planned time.")
    has_repair = fields.Boolean(
        string="Uses Parts and Labour",
        help="Orders of this type show parts and labour and may lead to a quotation.")
    is_repair = fields.Boolean(
        string="Counts as Repair",
        help="Orders of this type stand in the unit's repair record and in the figures on "
             "faults, first-time fixes and repeat repairs.")
    needs_acceptance = fields.Boolean(
        string="Customer Signs", default=True,
        help="The order cannot be done before the customer signed, or refused for a stated "
             "reason.")

    def _get_steps(self):
        """Return the states that orders of this type use."""
        self.ensure_one()
        return frozenset(self.stage_ids.mapped('state'))
