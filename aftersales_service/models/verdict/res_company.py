from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_cover_soon_days = fields.Integer(
        string="Cover Ends Soon (Days)", default=30,
        help="A cover that ends within so many days is shown in orange.")
    aftersales_audit_share = fields.Float(
        string="Appraisals Audited (%)", default=10.0,
        help="So many of the appraisal sheets that outlets issue by themselves are drawn "
             "by lot and looked at again.")
    aftersales_wrong_appraisal_fee = fields.Float(
        string="Charge for a Wrong Appraisal", default=0.0,
        help="Proposed to the auditor on top of what the wrong verdict cost.")

    _aftersales_verdict_positive = models.Constraint(
        'CHECK(aftersales_cover_soon_days >= 0 AND aftersales_wrong_appraisal_fee >= 0'
        ' AND aftersales_audit_share >= 0 AND aftersales_audit_share <= 100)',
        "Days and charges cannot be negative, and a share lies between 0 and 100 %.")
