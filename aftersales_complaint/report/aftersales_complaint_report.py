from odoo import api, fields, models
from odoo.tools import SQL

# measure -> the promise it judges
_PROMISES = {
    'acknowledged_kept': 'complaint_response',
    'resolved_kept': 'complaint_solution',
    'law_kept': 'complaint_law',
}
# the ways on which a customer turns to others than us
OUTSIDE_CHANNELS = ('authority', 'platform', 'media')
_DAYS_90 = 'days_90:avg'
# how long the open ones wait: the last day of each age
AGES = [
    ('3', "Up to 3 Days"), ('7', "4 to 7 Days"), ('15', "8 to 15 Days"), ('30', "16 to 30 Days"),
    ('more', "Over 30 Days")]


class AftersalesComplaintReport(models.Model):
    """Figures of ISO 10002: one row per complaint, for pivots and graphs.

    Days run from the receipt until the complaint was closed with the customer. A promise is
    judged once it is met, missed, or still open after its deadline. Shares of liability and
    penalties of persons are no part of it.

    What looks at other rows is a subquery that an index serves: a figure that was not asked
    for costs nothing.
    """

    _name = 'aftersales.complaint.report'
    _description = "Complaint Analysis"
    _auto = False
    _rec_name = 'complaint_id'
    _order = 'received_day desc, id desc'
    _depends = {
        'aftersales.capa': ['complaint_ids', 'reopen_count', 'state'],
        'aftersales.clock': ['date_deadline', 'kind', 'res_id', 'res_model', 'result'],
        'aftersales.complaint': [
            'amount_accepted', 'amount_asked', 'amount_loss', 'amount_net_loss',
            'amount_recovered', 'batch', 'category_id', 'cause_category', 'channel',
            'company_id', 'date_closed', 'date_deadline', 'date_received', 'date_settled',
            'department_id', 'flow', 'gesture_effect', 'is_authority', 'is_founded',
            'is_grievance', 'is_media', 'kind', 'level', 'outlet_id', 'partner_id',
            'product_id', 'received_day', 'reopen_count', 'repeat_count', 'stage_id', 'state',
            'user_id', 'warranty_id'],
        'aftersales.complaint.category': ['weight'],
        'product.product': ['product_tmpl_id'],
        'product.template': ['categ_id'],
        'res.company': ['currency_id'],
        'res.partner': ['country_id', 'state_id'],
    }

    complaint_id = fields.Many2one('aftersales.complaint', readonly=True)
    company_id = fields.Many2one('res.company', readonly=True)
    currency_id = fields.Many2one('res.currency', readonly=True)
    kind = fields.Selection(lambda self: self._get_labels('kind'), readonly=True)
    category_id = fields.Many2one('aftersales.complaint.category', readonly=True)
    level = fields.Selection(lambda self: self._get_labels('level'), readonly=True)
    channel = fields.Selection(lambda self: self._get_labels('channel'), readonly=True)
    stage_id = fields.Many2one('aftersales.complaint.stage', readonly=True)
    state = fields.Selection(
        lambda self: self._get_labels('state'), string="Status", readonly=True)
    cause_category = fields.Selection(
        lambda self: self._get_labels('cause_category'), string="Class of the Cause",
        readonly=True)
    is_grievance = fields.Boolean(string="Grievance at the Outlet", readonly=True)
    user_id = fields.Many2one('res.users', string="Handled by", readonly=True)
    department_id = fields.Many2one('hr.department', string="Unit", readonly=True)
    outlet_id = fields.Many2one('aftersales.outlet', readonly=True)

    # Customer and goods
    partner_id = fields.Many2one('res.partner', string="Customer", readonly=True)
    country_id = fields.Many2one('res.country', readonly=True)
    state_id = fields.Many2one('res.country.state', string="Area", readonly=True)
    warranty_id = fields.Many2one('aftersales.warranty', string="Warranty Card", readonly=True)
    product_id = fields.Many2one('product.product', readonly=True)
    categ_id = fields.Many2one('product.category', string="Product Category", readonly=True)
    batch = fields.Char(readonly=True)

    # Times
    date_received = fields.Datetime(string="Received on", readonly=True)
    received_day = fields.Date(string="Day Received", readonly=True)
    date_settled = fields.Datetime(string="Closed with Customer on", readonly=True)
    date_closed = fields.Datetime(string="Closed on", readonly=True)
    age = fields.Selection(
        AGES, string="Open for", readonly=True,
        help="Since when the complaints wait that are not closed with the customer.")
    days = fields.Float(
        string="Days to Solution", readonly=True, aggregator='avg', digits=(16, 1),
        help="From the receipt until closed with the customer; in groups the mean.")
    days_90 = fields.Float(
        string="Days of 90 %", readonly=True, aggregator='avg', digits=(16, 1),
        help="Of a group the 90th percentile: nine of ten complaints took no longer.")

    # Shares: in groups of all complaints that can be judged
    acknowledged_kept = fields.Float(
        string="Acknowledged on Time", readonly=True, aggregator='avg')
    resolved_kept = fields.Float(string="Resolved on Time", readonly=True, aggregator='avg')
    law_kept = fields.Float(
        string="Answered within the Law's Time", readonly=True, aggregator='avg')
    first_contact = fields.Float(
        string="Solved at First Contact", readonly=True, aggregator='avg',
        help="Share of the complaints closed with the customer that the fast flow solved.")
    is_late = fields.Float(
        string="Late Share", readonly=True, aggregator='avg',
        help="Share of the open complaints whose earliest promise is missed.")
    founded = fields.Float(
        string="Founded Share", readonly=True, aggregator='avg',
        help="Of the complaints that were judged.")
    reopened = fields.Float(
        string="Reopened Share", readonly=True, aggregator='avg',
        help="Of the complaints that were once closed with the customer.")
    repeated = fields.Float(
        string="Repeat Share", readonly=True, aggregator='avg',
        help="Share of the complaints that had an earlier one of the same unit or customer "
             "within the company's period.")
    escalated = fields.Float(
        string="Escalated Outside", readonly=True, aggregator='avg',
        help="Share of the complaints that an authority, a platform or the media brought up.")
    content = fields.Float(
        string="Customer Content", readonly=True, aggregator='avg',
        help="Share of the complaints with a gesture after which the customer was asked and "
             "was content.")
    capa_effective = fields.Float(
        string="Corrective Actions Effective", readonly=True, aggregator='avg',
        help="Share of the complaints with a checked corrective action after which the fault "
             "did not come back.")
    weight = fields.Float(
        string="Weighted Number", readonly=True, help="By the weight of the category.")

    # Money
    amount_asked = fields.Monetary(string="Asked", readonly=True)
    amount_accepted = fields.Monetary(string="Accepted by Customer", readonly=True)
    amount_loss = fields.Monetary(string="Loss", readonly=True)
    amount_recovered = fields.Monetary(string="Recovered", readonly=True)
    amount_net_loss = fields.Monetary(string="Net Loss", readonly=True)

    @api.model
    def _get_labels(self, name):
        """Return the selection of a field of the complaint, in the user's language."""
        field = self.env['aftersales.complaint']._fields[name]
        return field._description_selection(self.env)

    @property
    def _table_query(self) -> SQL:
        return SQL('%s %s', self._select(), self._from())

    @api.model
    def _select(self) -> SQL:
        return SQL(
            """
            SELECT c.id, c.id AS complaint_id, c.company_id, company.currency_id, c.kind,
                   c.category_id, c.level, c.channel, c.stage_id, c.state, c.cause_category,
                   c.is_grievance, c.user_id, c.department_id, c.outlet_id, c.partner_id,
                   partner.country_id, partner.state_id, c.warranty_id, c.product_id,
                   template.categ_id, c.batch, c.date_received, c.received_day, c.date_settled,
                   c.date_closed, %(age)s AS age, %(days)s AS days, %(days)s AS days_90,
                   %(promises)s,
                   CASE WHEN c.date_settled IS NOT NULL AND c.state != 'unfounded'
                        THEN (c.flow = 'fast')::integer END AS first_contact,
                   CASE WHEN c.date_closed IS NULL
                        THEN COALESCE(c.date_deadline < NOW() AT TIME ZONE 'UTC', FALSE)::integer
                         END AS is_late,
                   CASE WHEN c.date_judged IS NOT NULL
                        THEN COALESCE(c.is_founded, FALSE)::integer END AS founded,
                   CASE WHEN c.date_settled IS NOT NULL OR c.reopen_count > 0
                        THEN (COALESCE(c.reopen_count, 0) > 0)::integer END AS reopened,
                   (COALESCE(c.repeat_count, 0) > 0)::integer AS repeated,
                   (COALESCE(c.is_authority, FALSE) OR COALESCE(c.is_media, FALSE)
                    OR c.channel IN %(outside)s)::integer AS escalated,
                   CASE WHEN c.gesture_effect IS NOT NULL
                        THEN (c.gesture_effect = 'content')::integer END AS content,
                   capa.capa_effective, COALESCE(category.weight, 1) AS weight,
                   c.amount_asked,
                   CASE WHEN c.date_settled IS NOT NULL THEN c.amount_accepted
                        ELSE 0 END AS amount_accepted,
                   c.amount_loss, c.amount_recovered,
                   c.amount_net_loss
            """,
            age=self._select_age(),
            days=SQL("EXTRACT(EPOCH FROM c.date_settled - c.date_received) / 86400"),
            promises=SQL(", ").join(SQL.identifier('promise', name) for name in _PROMISES),
            outside=OUTSIDE_CHANNELS)

    @api.model
    def _select_age(self) -> SQL:
        """Return the age of what the customer waits for; a day begins with its first hour."""
        waits = SQL("NOW() AT TIME ZONE 'UTC' - c.date_received")
        return SQL(
            "CASE WHEN c.date_settled IS NULL AND c.date_closed IS NULL THEN CASE %s ELSE %s END"
            " END", SQL(" ").join(
                SQL("WHEN %s <= interval '1 day' * %s THEN %s", waits, int(days), days)
                for days, __ in AGES[:-1]), AGES[-1][0])

    @api.model
    def _from(self) -> SQL:
        return SQL(
            """
            FROM aftersales_complaint c
            JOIN res_company company ON company.id = c.company_id
            LEFT JOIN aftersales_complaint_category category ON category.id = c.category_id
            LEFT JOIN res_partner partner ON partner.id = c.partner_id
            LEFT JOIN product_product product ON product.id = c.product_id
            LEFT JOIN product_template template ON template.id = product.product_tmpl_id
            LEFT JOIN LATERAL (%s) promise ON TRUE
            LEFT JOIN LATERAL (%s) capa ON TRUE
            """, self._promise_query(), self._capa_query())

    @api.model
    def _promise_query(self) -> SQL:
        """Return the share of the promises of each kind that one complaint kept.

        It aggregates without grouping, so the database leaves it out where it is not asked for.
        """
        shares = (
            SQL("AVG((clock.result = 'met')::integer) FILTER (WHERE clock.kind = %s) AS %s",
                kind, SQL.identifier(name)) for name, kind in _PROMISES.items())
        return SQL(
            """
            SELECT %s
              FROM aftersales_clock clock
             WHERE clock.res_model = 'aftersales.complaint' AND clock.res_id = c.id
               AND (clock.result IN ('met', 'missed') OR clock.result IN ('running', 'paused')
                    AND clock.date_deadline < NOW() AT TIME ZONE 'UTC')
            """, SQL(", ").join(shares))

    @api.model
    def _capa_query(self) -> SQL:
        """Return whether the checked corrective actions of one complaint were effective."""
        link = self.env['aftersales.complaint']._fields['capa_ids']
        return SQL(
            """
            SELECT AVG((COALESCE(action.reopen_count, 0) = 0)::integer) AS capa_effective
              FROM %s link
              JOIN aftersales_capa action ON action.id = link.%s
             WHERE link.%s = c.id AND action.kind = 'capa'
               AND (action.state = 'closed' OR action.reopen_count > 0)
            """, SQL.identifier(link.relation), SQL.identifier(link.column2),
            SQL.identifier(link.column1))

    def _read_group_select(self, aggregate_spec, query):
        """Take the 90th percentile of a group, which is no mean of its parts."""
        if aggregate_spec != _DAYS_90:
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY %s)",
            self._field_to_sql(self._table, 'days_90', query))
