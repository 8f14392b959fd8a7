from odoo import fields, models

METRICS = [
    ('nps', "Recommendation (NPS)"), ('csat', "Satisfaction (CSAT)"), ('ces', "Effort (CES)"),
    ('csi', "Index Item (CSI)"), ('expectation', "Expectation (SERVQUAL)"),
    ('perception', "Perception (SERVQUAL)"), ('open', "Open Question")]
DIMENSIONS = [
    ('tangibles', "Tangibles"), ('reliability', "Reliability"),
    ('responsiveness', "Responsiveness"), ('assurance', "Assurance"), ('empathy', "Empathy")]


class SurveyQuestion(models.Model):
    """What a question measures, and how much it counts in the index."""

    _inherit = 'survey.question'

    aftersales_metric = fields.Selection(METRICS, string="Metric")
    aftersales_weight = fields.Float(
        string="Weight", help="Weights of the index items of one questionnaire add up to 100.")
    aftersales_dimension = fields.Selection(DIMENSIONS, string="Quality Dimension")
    aftersales_topic = fields.Char(
        string="Topic", translate=True, help="What the item is about where results are listed.")
    aftersales_pair_id = fields.Many2one(
        'survey.question', string="Compared with", index='btree_not_null', ondelete='set null',
        copy=False, help="The expectation that this perception is compared with.")
