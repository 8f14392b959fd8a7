from odoo import api, fields, models
from odoo.tools import SQL

# averages that a group of too few answers does not get
_SCORES = ('csi', 'nps_points', 'csat_points', 'ces', 'servqual_gap')
# rate -> what is counted, of what
_RATES = {
    'reach': ("SUM(%(answered)s + %(refused)s)", "SUM(%(asked)s)"),
    'response': ("SUM(%(answered)s)", "SUM(%(asked)s)"),
    'refusal': ("SUM(%(refused)s)", "SUM(%(answered)s + %(refused)s)"),
}


class AftersalesSurveyReport(models.Model):
    """One row for each person who was asked, or answered uninvited; it names no customer.

    Who was drawn and not yet asked, or left out, stands in no row; nor does a second interview,
    whose better score stands beside the first one and not in the figure. An excluded answer
    keeps its row, without scores and without counting as asked. The rules of the answers do not
    follow to a view: its company rule and its right to read, of survey managers alone, are its
    own.
    """

    _name = 'aftersales.survey.report'
    _description = "Satisfaction Analysis"
    _auto = False
    _rec_name = 'wave_id'
    _order = 'date_asked desc, id desc'
    _depends = {
        'aftersales.survey.invitation': [
            'active', 'channel', 'company_id', 'date_sent', 'outlet_id', 'product_id',
            'region_id', 'state', 'technician_id', 'user_input_id', 'wave_id'],
        'aftersales.survey.wave': ['survey_id'],
        'survey.survey': ['aftersales_purpose'],
        'survey.user_input': [
            'aftersales_channel', 'aftersales_date_asked', 'aftersales_is_second',
            'aftersales_outlet_id', 'aftersales_product_id', 'aftersales_purpose',
            'aftersales_region_id', 'aftersales_technician_id', 'aftersales_wave_id', 'ces',
            'company_id', 'csat', 'csat_points', 'csi', 'date_scored', 'exclusion_reason',
            'is_low', 'is_partial', 'is_valid', 'nps_class', 'nps_points', 'servqual_gap',
            'survey_id', 'test_entry'],
    }

    wave_id = fields.Many2one('aftersales.survey.wave', string="Survey Wave", readonly=True)
    survey_id = fields.Many2one('survey.survey', string="Questionnaire", readonly=True)
    purpose = fields.Selection(
        lambda self: self._get_labels('survey.survey', 'aftersales_purpose'), readonly=True)
    company_id = fields.Many2one('res.company', readonly=True)
    outlet_id = fields.Many2one('aftersales.outlet', readonly=True)
    technician_id = fields.Many2one('res.users', readonly=True)
    product_id = fields.Many2one('product.product', readonly=True)
    region_id = fields.Many2one('res.country.state', readonly=True)
    channel = fields.Selection(
        lambda self: self._get_labels('aftersales.survey.invitation', 'channel'), readonly=True)
    # a number and no link: the answers are opened by who may read them, and never exported along
    answer_number = fields.Integer(string="Answer No.", readonly=True, aggregator=None)
    result = fields.Selection(
        [('answered', "Answers"), ('refused', "Refusals"), ('silent', "No Reply"),
         ('excluded', "Excluded Answers")], readonly=True)
    exclusion_reason = fields.Selection(
        lambda self: self._get_labels('survey.user_input', 'exclusion_reason'), readonly=True)
    date_asked = fields.Datetime(string="Asked on", readonly=True)
    date_scored = fields.Datetime(string="Answered on", readonly=True)

    # What became of it
    is_asked = fields.Integer(string="People Asked", readonly=True)
    is_answered = fields.Integer(string="Answers", readonly=True)
    is_refused = fields.Integer(string="Refusals", readonly=True)
    is_excluded = fields.Integer(string="Excluded Answers", readonly=True)
    is_partial = fields.Integer(string="Half Answers", readonly=True)
    reach = fields.Float(
        string="Reach (%)", readonly=True, aggregator='avg', digits=(16, 1),
        help="Answered and refused, of all who were asked.")
    response = fields.Float(
        string="Response (%)", readonly=True, aggregator='avg', digits=(16, 1),
        help="Answered, of all who were asked.")
    refusal = fields.Float(
        string="Refusal (%)", readonly=True, aggregator='avg', digits=(16, 1),
        help="Refused, of those who were reached.")

    # Scores; groups of too few answers have none
    csi = fields.Float(
        string="Index (CSI)", readonly=True, aggregator='avg', digits=(16, 1),
        help="Empty for groups of fewer answers than the settings ask for.")
    nps_points = fields.Float(string="NPS", readonly=True, aggregator='avg', digits=(16, 1))
    csat_points = fields.Float(string="CSAT (%)", readonly=True, aggregator='avg', digits=(16, 1))
    ces = fields.Float(string="Effort (CES)", readonly=True, aggregator='avg', digits=(16, 2))
    servqual_gap = fields.Float(
        string="SERVQUAL Gap", readonly=True, aggregator='avg', digits=(16, 2))
    # points of zero look like none
    has_nps = fields.Boolean(compute='_compute_has_points')
    has_csat = fields.Boolean(compute='_compute_has_points')
    is_low = fields.Boolean(string="Low Rating", readonly=True)
    # summands of the intervals
    is_promoter = fields.Integer(readonly=True, aggregator=None)
    is_detractor = fields.Integer(readonly=True, aggregator=None)
    csi_square = fields.Float(readonly=True, aggregator=None)
    ces_square = fields.Float(readonly=True, aggregator=None)
    gap_square = fields.Float(readonly=True, aggregator=None)

    def _compute_has_points(self):
        counts = {row.id: numbers for row, *numbers in self._read_group(
            [('id', 'in', self.ids)], ['id'], ['nps_points:count', 'csat_points:count'])}
        for row in self:
            row.has_nps, row.has_csat = map(bool, counts.get(row.id, (0, 0)))

    @api.model
    def _get_labels(self, model, name):
        """Return the selection of a field of another model, in the user's language."""
        return self.env[model]._fields[name]._description_selection(self.env)

    @property
    def _table_query(self) -> SQL:
        # three plain parts: a million answers are read without a join
        return SQL("%s UNION ALL %s UNION ALL %s", self._select_answers(), self._select_excluded(),
                   self._select_silent())

    @api.model
    def _select_answers(self) -> SQL:
        """Return the answers that count; those without an invitation came by a code for all."""
        return SQL(
            """
            SELECT a.id::bigint * 2 + 1 AS id, %s, 'answered' AS result,
                   1 AS is_asked, 1 AS is_answered, 0 AS is_refused, 0 AS is_excluded,
                   a.is_partial::integer AS is_partial, NULL::float AS reach,
                   NULL::float AS response, NULL::float AS refusal, a.csi,
                   a.csi * a.csi AS csi_square,
                   CASE WHEN a.nps_class IS NOT NULL THEN COALESCE(a.nps_points, 0) END::float
                       AS nps_points,
                   (a.nps_class = 'promoter')::integer AS is_promoter,
                   (a.nps_class = 'detractor')::integer AS is_detractor,
                   CASE WHEN a.csat > 0 THEN COALESCE(a.csat_points, 0) END::float AS csat_points,
                   a.ces, a.ces * a.ces AS ces_square, a.servqual_gap,
                   a.servqual_gap * a.servqual_gap AS gap_square
              FROM survey_user_input a
             WHERE %s AND a.is_valid AND a.test_entry IS NOT TRUE
            """, self._select_answer_facts(), self._get_answer_conditions())

    @api.model
    def _select_excluded(self) -> SQL:
        """Return the answers that do not count, with their reason."""
        return SQL(
            """
            SELECT a.id::bigint * 2 + 1 AS id, %s, 'excluded' AS result,
                   0 AS is_asked, 0 AS is_answered, 0 AS is_refused, 1 AS is_excluded,
                   0 AS is_partial, %s
              FROM survey_user_input a
             WHERE %s AND (a.is_valid IS NOT TRUE OR a.test_entry)
            """, self._select_answer_facts(), self._select_no_scores(),
            self._get_answer_conditions())

    @api.model
    def _select_silent(self) -> SQL:
        """Return who was asked and did not answer: refused, silent, out of reach, excluded."""
        return SQL(
            """
            SELECT i.id::bigint * 2 AS id, i.wave_id, survey.id AS survey_id,
                   survey.aftersales_purpose AS purpose, i.company_id, i.outlet_id,
                   i.technician_id, i.product_id, i.region_id, i.channel,
                   COALESCE(i.date_sent, i.create_date) AS date_asked,
                   NULL::timestamp AS date_scored, NULL::integer AS answer_number,
                   FALSE AS is_low, NULL::varchar AS exclusion_reason,
                   CASE WHEN i.state IN ('excluded', 'refused') THEN i.state ELSE 'silent' END
                       AS result,
                   (i.state != 'excluded')::integer AS is_asked, 0 AS is_answered,
                   (i.state = 'refused')::integer AS is_refused,
                   (i.state = 'excluded')::integer AS is_excluded, 0 AS is_partial, %s
              FROM aftersales_survey_invitation i
              JOIN aftersales_survey_wave wave ON wave.id = i.wave_id
              JOIN survey_survey survey ON survey.id = wave.survey_id
         LEFT JOIN survey_user_input a ON a.id = i.user_input_id
             WHERE i.state IN ('sent', 'refused', 'excluded', 'expired') AND i.active
               AND a.date_scored IS NULL AND a.aftersales_is_second IS NOT TRUE
            """, self._select_no_scores())

    @api.model
    def _select_answer_facts(self) -> SQL:
        """Return the columns of an answer ``a`` that say whom it is about, and when."""
        return SQL(
            """
            a.aftersales_wave_id AS wave_id, a.survey_id,
            a.aftersales_purpose AS purpose, a.company_id,
            a.aftersales_outlet_id AS outlet_id, a.aftersales_technician_id AS technician_id,
            a.aftersales_product_id AS product_id, a.aftersales_region_id AS region_id,
            COALESCE(a.aftersales_channel, 'qr') AS channel,
            COALESCE(a.aftersales_date_asked, a.date_scored) AS date_asked, a.date_scored,
            a.id AS answer_number, a.is_low, a.exclusion_reason
            """)

    @api.model
    def _get_answer_conditions(self) -> SQL:
        """Return what holds of answers ``a``: scored, as our questionnaires are, the first time."""
        return SQL("a.date_scored IS NOT NULL AND a.aftersales_is_second IS NOT TRUE")

    @api.model
    def _select_no_scores(self) -> SQL:
        return SQL(
            """
            NULL::float AS reach, NULL::float AS response, NULL::float AS refusal,
            NULL::float AS csi, NULL::float AS csi_square, NULL::float AS nps_points,
            0 AS is_promoter, 0 AS is_detractor, NULL::float AS csat_points, NULL::float AS ces,
            NULL::float AS ces_square, NULL::float AS servqual_gap, NULL::float AS gap_square
            """)

    def _read_group_select(self, aggregate_spec, query):
        """Leave averages of too few answers empty; take rates of a group by its counts."""
        name, __, function = aggregate_spec.partition(':')
        if function != 'avg' or name not in (*_SCORES, *_RATES):
            return super()._read_group_select(aggregate_spec, query)
        if name in _SCORES:
            score = self._field_to_sql(self._table, name, query)
            return SQL(
                "CASE WHEN COUNT(%s) >= %s THEN AVG(%s) END", score,
                self.env.company.aftersales_survey_minimum, score)
        columns = {
            part: self._field_to_sql(self._table, f'is_{part}', query)
            for part in ('asked', 'answered', 'refused')}
        counted, of_all = (SQL(part, **columns) for part in _RATES[name])
        return SQL("100.0 * %s / NULLIF(%s, 0)", counted, of_all)

    def action_open_answer(self):
        """Open the answers of this row; their own rules say who may read them."""
        self.ensure_one()
        answers = self.env['survey.user_input'].browse(self.answer_number or [])
        answers.check_access('read')
        return {
            'type': 'ir.actions.act_window', 'res_model': 'survey.user_input',
            'res_id': answers.id, 'views': [(False, 'form')],
            'name': self.env._("Answers")} if answers else False
