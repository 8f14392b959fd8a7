from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_return_limit = fields.Monetary(
        string="Return Settlement Limit", default=1000.0,
        help="A settlement above this amount is approved by a second person, a team lead. "
             "0 asks for no approval.")
    aftersales_disposition_hours = fields.Float(
        string="Hours from Receipt to Disposition", default=48.0,
        help="Goods that wait longer lose value: the responsible user is reminded.")
    aftersales_disposition_alarm_days = fields.Float(
        string="Days until the Alarm", default=7.0,
        help="Goods that wait so long for a disposition are brought before the team leads.")
    aftersales_return_location_id = fields.Many2one(
        'stock.location', string="Location of Returns",
        domain="[('usage', '=', 'internal')]", check_company=True,
        help="Where returned goods wait for their inspection, out of the stock for sale. "
             "It is made when it is needed.")

    _aftersales_return_figures = models.Constraint(
        'CHECK(aftersales_return_limit >= 0 AND aftersales_disposition_hours > 0'
        ' AND aftersales_disposition_alarm_days > 0)',
        "The limit of returns cannot be negative, and their periods must be positive.")

    def _get_aftersales_warehouse(self):
        """Return the warehouse that takes returns: the company's first."""
        self.ensure_one()
        return self.aftersales_warehouse_ids[:1]

    def _get_aftersales_return_location(self):
        """Return where returned goods wait, and make it when it is needed."""
        self.ensure_one()
        if not self.aftersales_return_location_id:
            warehouse = self._get_aftersales_warehouse()
            self.aftersales_return_location_id = self.env['stock.location'].create({
                'name': self.env._("Returns"), 'usage': 'internal', 'company_id': self.id,
                'location_id': warehouse.view_location_id.id})
        return self.aftersales_return_location_id
