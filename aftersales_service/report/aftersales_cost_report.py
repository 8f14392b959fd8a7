from odoo import api, fields, models
from odoo.tools import SQL


class AftersalesCostReport(models.Model):
    """What returns cost, by activity, product, reason, customer, outlet and responsible side.

    One row per cost line. The kinds of record that have costs are its sources: a module that
    adds one extends ``_get_sources``.
    """

    _name = 'aftersales.cost.report'
    _description = "Cost Analysis of Returns"
    _auto = False
    _rec_name = 'activity_id'
    _order = 'date desc, id desc'
    _depends = {
        'aftersales.cost.activity': ['driver'],
        'aftersales.cost.line': ['activity_id', 'amount', 'company_id', 'date', 'kind',
                                 'quantity', 'res_id', 'res_model'],
        'aftersales.diagnosis.code': ['name'],
        'aftersales.order': ['cause_id', 'outlet_id', 'partner_id', 'product_id', 'symptom_id'],
        'aftersales.return': ['outlet_id', 'partner_id', 'reason_id'],
        'aftersales.return.line': ['product_id', 'return_id'],
        'aftersales.return.reason': ['name', 'responsible'],
        'aftersales.trade.in': ['partner_id', 'pickup_order_id', 'product_id'],
        'product.product': ['product_tmpl_id'],
        'product.template': ['categ_id'],
        'res.partner': ['commercial_partner_id'],
    }

    company_id = fields.Many2one('res.company', readonly=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    date = fields.Date(readonly=True)
    res_model = fields.Char(string="Kind of Record", readonly=True)
    res_id = fields.Many2oneReference(string="Record", model_field='res_model', readonly=True)
    kind = fields.Selection('_get_kinds', readonly=True)
    activity_id = fields.Many2one('aftersales.cost.activity', readonly=True)
    driver = fields.Selection('_get_drivers', readonly=True)
    product_id = fields.Many2one('product.product', readonly=True)
    categ_id = fields.Many2one('product.category', string="Product Category", readonly=True)
    partner_id = fields.Many2one('res.partner', string="Customer", readonly=True)
    outlet_id = fields.Many2one('aftersales.outlet', readonly=True)
    reason = fields.Char(readonly=True)
    responsible = fields.Char(
        string="Responsibility", readonly=True,
        help="Who answers for the return: the side or department at fault.")
    quantity = fields.Float(string="Driver Quantity", readonly=True)
    amount = fields.Monetary(readonly=True)
    return_count = fields.Float(
        string="Returns", readonly=True,
        help="Each return counts once, however many lines it has.")

    @api.model
    def _get_kinds(self):
        """Return the kinds of costs, those of other modules included."""
        return self.env['aftersales.cost.line']._fields['kind']._description_selection(self.env)

    @api.model
    def _get_drivers(self):
        return self.env['aftersales.cost.activity']._fields['driver']._description_selection(
            self.env)

    @property
    def _table_query(self) -> SQL:
        return SQL(
            """
            SELECT line.id, line.company_id, line.date, line.res_model, line.res_id, line.kind,
                   line.activity_id, activity.driver, line.quantity, line.amount,
                   1.0 / COUNT(*) OVER (PARTITION BY line.res_model, line.res_id)
                       AS return_count,
                   source.product_id, template.categ_id, source.partner_id, source.outlet_id,
                   source.reason, source.responsible
              FROM aftersales_cost_line line
         LEFT JOIN aftersales_cost_activity activity ON activity.id = line.activity_id
         LEFT JOIN (%s) source
                ON source.res_model = line.res_model AND source.res_id = line.res_id
         LEFT JOIN product_product product ON product.id = source.product_id
         LEFT JOIN product_template template ON template.id = product.product_tmpl_id
            """, SQL(" UNION ALL ").join(self._get_sources()))

    def _get_sources(self) -> list[SQL]:
        """Return one query per kind of record: where its costs come from.

        Hook: called on the model by the report's query, as any reader of the report, at each
        reading. Each selects ``res_model, res_id, product_id, partner_id, outlet_id, reason,
        responsible``. Extend it by ``[*super()…, SQL(…)]``. Raises nothing.
        """
        return [self._order_source(), self._trade_in_source(), self._return_source()]

    def _translated(self, column: SQL) -> SQL:
        """Return a translated name in the user's language, else in English."""
        return SQL("COALESCE(%s ->> %s, %s ->> 'en_US')", column, self.env.lang or 'en_US', column)

    def _order_source(self) -> SQL:
        return SQL(
            """
            SELECT 'aftersales.order' AS res_model, o.id AS res_id, o.product_id,
                   partner.commercial_partner_id AS partner_id, o.outlet_id,
                   %(reason)s AS reason, NULL AS responsible
              FROM aftersales_order o
         LEFT JOIN res_partner partner ON partner.id = o.partner_id
         LEFT JOIN aftersales_diagnosis_code code
                ON code.id = COALESCE(o.cause_id, o.symptom_id)
            """, reason=self._translated(SQL("code.name")))

    def _trade_in_source(self) -> SQL:
        return SQL(
            """
            SELECT 'aftersales.trade.in' AS res_model, trade.id AS res_id, trade.product_id,
                   partner.commercial_partner_id AS partner_id, o.outlet_id,
                   %(reason)s AS reason, NULL AS responsible
              FROM aftersales_trade_in trade
         LEFT JOIN res_partner partner ON partner.id = trade.partner_id
         LEFT JOIN aftersales_order o ON o.id = trade.pickup_order_id
            """, reason=self.env._("Trade-in"))

    def _return_source(self) -> SQL:
        """Return the returns; one of several products counts for its first."""
        return SQL(
            """
            SELECT 'aftersales.return' AS res_model, r.id AS res_id,
                   (SELECT product_id FROM aftersales_return_line
                     WHERE return_id = r.id ORDER BY id LIMIT 1) AS product_id,
                   partner.commercial_partner_id AS partner_id, r.outlet_id,
                   %(reason)s AS reason, %(responsible)s AS responsible
              FROM aftersales_return r
         LEFT JOIN res_partner partner ON partner.id = r.partner_id
         LEFT JOIN aftersales_return_reason reason ON reason.id = r.reason_id
            """, reason=self._translated(SQL("reason.name")),
            responsible=self._responsible_in_words())

    def _responsible_in_words(self) -> SQL:
        """Return who answers for a reason, in the user's language."""
        field = self.env['aftersales.return.reason']._fields['responsible']
        return SQL("CASE reason.responsible %s END", SQL(" ").join(
            SQL("WHEN %s THEN %s", key, label)
            for key, label in field._description_selection(self.env)))
