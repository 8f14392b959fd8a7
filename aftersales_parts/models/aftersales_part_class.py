from odoo import fields, models

from ..tools.part_class import ABC_CLASSES, VED_CLASSES, XYZ_CLASSES


class AftersalesPartClass(models.Model):
    """The classes of a part in a company, from a day until a day: the history of its planning.

    The row without an end is the present one. Runs write all rows: people change the criticality
    of the part and the policy.
    """

    _name = 'aftersales.part.class'
    _description = "Part Class"
    _order = 'date_from desc, id desc'
    _rec_name = 'product_id'

    product_id = fields.Many2one(
        'product.product', string="Part", required=True, readonly=True, index=True,
        ondelete='cascade')
    company_id = fields.Many2one('res.company', required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="Until", readonly=True)
    date_run = fields.Date(string="Last Run", readonly=True)
    abc = fields.Selection([(name, name) for name in ABC_CLASSES], string="ABC", readonly=True)
    abc_candidate = fields.Char(string="ABC to Be", readonly=True)
    abc_runs = fields.Integer(string="Runs for It (ABC)", readonly=True)
    xyz = fields.Selection([(name, name) for name in XYZ_CLASSES], string="XYZ", readonly=True)
    xyz_candidate = fields.Char(string="XYZ to Be", readonly=True)
    xyz_runs = fields.Integer(string="Runs for It (XYZ)", readonly=True)
    ved = fields.Selection(
        list(zip(VED_CLASSES, ("Vital", "Essential", "Desirable"), strict=True)),
        string="Criticality", readonly=True)
    fsn = fields.Selection(
        [('F', "Fast"), ('S', "Slow"), ('N', "Dead")], string="Movement", readonly=True)
    hml = fields.Selection(
        [('H', "High"), ('M', "Medium"), ('L', "Low")], string="Price Class", readonly=True)
    sde = fields.Selection(
        [('S', "Scarce"), ('D', "Difficult"), ('E', "Easy")], string="Supply", readonly=True)
    # a monetary field would look the currency up row by row
    value = fields.Float(
        string="Usage Value", readonly=True, help="What was used in a year, at today's cost.")
    share = fields.Float(
        string="Cumulated Share (%)", readonly=True, aggregator=None,
        help="The share of the value that this part and all more valuable ones have.")
    variation = fields.Float(
        readonly=True, aggregator=None,
        help="How much the monthly demand varies: standard deviation by mean.")
    service_level = fields.Float(
        string="Target Service Level (%)", readonly=True, aggregator='avg',
        help="The higher one of the table ABC × XYZ and of the criticality. Dead parts have none.")

    _present_uniq = models.UniqueIndex(
        '(product_id, company_id) WHERE date_to IS NULL',
        "A part has one present class in a company.")
    _present_idx = models.Index('(company_id, abc, fsn) WHERE date_to IS NULL')
