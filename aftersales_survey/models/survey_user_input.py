from odoo import fields, models

NPS_CLASSES = [('detractor', "Detractor"), ('passive', "Passive"), ('promoter', "Promoter")]
EXCLUSIONS = [
    ('same', "Same Answer to Everything"), ('fast', "Answered Too Fast"),
    ('double', "Answered Twice"), ('stranger', "Was Not Served"), ('staff', "Own Staff"),
    ('test', "Test"), ('other', "Other")]


class SurveyUserInput(models.Model):
    """The answers of one person, with the scores that reports read.

    Scores are plain columns: ``_store_aftersales_scores`` writes them when the first question is
    answered, and again when the rest is. A column stays empty where nothing was answered.
    """

    _inherit = 'survey.user_input'

    company_id = fields.Many2one('res.company', readonly=True, index='btree_not_null')
    aftersales_invitation_id = fields.Many2one(
        'aftersales.survey.invitation', string="Invitation", readonly=True, copy=False,
        index='btree_not_null', ondelete='set null')
    aftersales_wave_id = fields.Many2one(
        'aftersales.survey.wave', string="Survey Wave", readonly=True, index='btree_not_null')
    aftersales_order_id = fields.Many2one(
        'aftersales.order', string="Service Order", readonly=True, index='btree_not_null')
    aftersales_outlet_id = fields.Many2one(
        'aftersales.outlet', string="Outlet", readonly=True)
    aftersales_technician_id = fields.Many2one('res.users', string="Technician", readonly=True)
    aftersales_product_id = fields.Many2one('product.product', string="Unit", readonly=True)
    aftersales_region_id = fields.Many2one(
        'res.country.state', string="Region", readonly=True)
    aftersales_interviewer_id = fields.Many2one(
        'res.users', string="Interviewer", readonly=True, copy=False)

    # Scores
    nps = fields.Integer(
        string="Would Recommend (0–10)", readonly=True, copy=False, aggregator='avg')
    nps_class = fields.Selection(NPS_CLASSES, string="Recommender", readonly=True, copy=False)
    nps_points = fields.Integer(
        string="NPS", readonly=True, copy=False, aggregator='avg',
        help="100 for a promoter, −100 for a detractor: the average is the NPS.")
    csat = fields.Float(
        string="Rating", readonly=True, copy=False, aggregator='avg', help="As given, 1 to 5.")
    csat_points = fields.Integer(
        string="CSAT (%)", readonly=True, copy=False, aggregator='avg',
        help="100 for satisfied or very satisfied, else 0: the average is the share.")
    ces = fields.Float(string="Effort (CES)", readonly=True, copy=False, aggregator='avg')
    csi = fields.Float(string="Index (CSI)", readonly=True, copy=False, aggregator='avg')
    servqual_gap = fields.Float(
        string="SERVQUAL Gap", readonly=True, copy=False, aggregator='avg')
    is_low = fields.Boolean(
        string="Low Rating", readonly=True, copy=False,
        help="A detractor, or an item rated 1 or 2 of 5.")
    date_scored = fields.Datetime(string="First Answered on", readonly=True, copy=False)
    is_partial = fields.Boolean(
        string="Half Answer", readonly=True, copy=False,
        help="The first question is answered, the questionnaire is not finished.")

    # What does not count
    is_valid = fields.Boolean(string="Counts", default=True, readonly=True, copy=False)
    exclusion_reason = fields.Selection(EXCLUSIONS, readonly=True, copy=False)
    exclusion_note = fields.Char(readonly=True, copy=False)

    # === THE ONE DOOR === #

    def _aftersales_answer(self, question, value, interviewer=None):
        """Save one answer and score at once; used by the public page and the call desk.

        The caller has checked that the answer belongs to who answers (by its key, or by the
        call). Runs as superuser.

        :param question: a question of the questionnaire
        :param value: a number for a scale, the id or ids of chosen answers, or a text
        :param interviewer: the user who typed the answer in
        :raise UserError: the deadline is over, the answers are finished, or the value is none of
            the question's
        """
        raise NotImplementedError

    def _store_aftersales_scores(self):
        """Write the scores of these answers, and call ``_on_aftersales_scored``."""
        raise NotImplementedError

    def _on_aftersales_scored(self):
        """Do what follows from scores that were just written; nothing by itself.

        Hook: called by ``_store_aftersales_scores`` as superuser, for a batch of answers, in the
        transaction that saved them, each time a score was written or changed. Must not raise: it
        would lose the answer.
        """
