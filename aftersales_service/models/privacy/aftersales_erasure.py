from odoo import api, fields, models


class AftersalesErasure(models.Model):
    """A note that personal data was erased: when, by whom and how much, never what.

    Nothing but the erasure itself writes it.
    """

    _name = 'aftersales.erasure'
    _description = "Erasure of Personal Data"
    _order = 'id desc'
    _rec_name = 'create_date'

    company_id = fields.Many2one('res.company', required=True, readonly=True, index=True)
    reason = fields.Selection(
        [('request', "Requested by the Customer"), ('retention', "Period Over")],
        required=True, readonly=True)
    partner_id = fields.Many2one(
        'res.partner', string="Customer", readonly=True, index='btree_not_null',
        ondelete='set null')
    user_id = fields.Many2one('res.users', string="Erased by", required=True, readonly=True)
    create_date = fields.Datetime(string="Erased on", readonly=True)
    order_count = fields.Integer(string="Service Orders", readonly=True)
    document_count = fields.Integer(
        string="Other Documents", readonly=True, help="Returns, trade-ins and appraisals.")
    position_count = fields.Integer(string="Positions", readonly=True)
    photo_count = fields.Integer(string="Photos", readonly=True)
    signature_count = fields.Integer(string="Signatures", readonly=True)
    text_count = fields.Integer(string="Texts", readonly=True)
    other_count = fields.Integer(string="Other Data", readonly=True)

    @api.model
    def _get_kinds(self):
        """Return the kinds of personal data that may be erased: those that have periods."""
        return self.env['aftersales.erasure.period']._fields['kind'].get_values(self.env)

    @api.model
    def _get_documents(self):
        """Return an empty recordset of each kind of document that is erased beside orders.

        Hook: called by the cron, by the erasure of a customer's data and by the list of
        periods, as superuser or administrator. A module adds its model here, which inherits
        ``aftersales.erasure.mixin``, with archived records included. Raises nothing.
        """
        return [self.env[name].with_context(active_test=False) for name in (
            'aftersales.return', 'aftersales.trade.in', 'aftersales.appraisal',
            'aftersales.late.work')]

    @api.model
    def _prepare_counts(self, erased):
        """Return the values that say how much was erased, ``{kind: number}``, by column."""
        vals = {'other_count': 0}
        for kind, count in erased.items():
            name = f'{kind}_count' if f'{kind}_count' in self._fields else 'other_count'
            vals[name] = vals.get(name, 0) + int(count)
        return vals

    def _describe(self):
        """Return what was erased, in numbers, for the chatter."""
        self.ensure_one()
        names = [f'{kind}_count' for kind in self._get_kinds()
                 if f'{kind}_count' in self._fields]
        return self.env._("Personal data erased: %(numbers)s.", numbers=[
            f"{self._fields[name]._description_string(self.env)} ({self[name]})"
            for name in [*names, 'other_count'] if self[name]])
