from odoo import api, fields, models

# kinds of personal data that orders collect beside their words
KINDS = ('position', 'photo', 'signature')


class AftersalesErasure(models.Model):
    """A note that personal data was erased: when, by whom and how much, never what.

    Nobody writes it by hand: it follows from the erasure.
    """

    _name = 'aftersales.erasure'
    _description = "Erasure of Personal Data"
    _order = 'id desc'
    _rec_name = 'create_date'

    company_id = fields.Many2one('res.company', required=True, readonly=True, index=True)
    reason = fields.Selection(
        [('request', "Asked for"), ('retention', "Period Over")], required=True, readonly=True)
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

    @api.model
    def _get_documents(self):
        """Return an empty recordset of each kind of document that is erased beside orders."""
        return [self.env[name].with_context(active_test=False) for name in (
            'aftersales.return', 'aftersales.trade.in', 'aftersales.appraisal',
            'aftersales.late.work')]

    def _describe(self):
        """Return what was erased, in numbers, for the chatter."""
        self.ensure_one()
        labels = {
            f'{kind}_count': self._fields[f'{kind}_count']._description_string(self.env)
            for kind in KINDS}
        return self.env._("Personal data erased: %(numbers)s.", numbers=[
            f"{label} ({self[name]})" for name, label in labels.items() if self[name]])
