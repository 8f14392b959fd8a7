from datetime import timedelta

from odoo import api, fields, models


class AftersalesErasurePeriod(models.Model):
    """How long one kind of personal data is kept on one kind of document.

    Without a record the company's general period of the kind holds.
    """

    _name = 'aftersales.erasure.period'
    _description = "Retention Period"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'company_id, res_model, kind'

    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    res_model = fields.Selection(
        '_get_models', string="Document", required=True, index=True,
        default='aftersales.order')
    kind = fields.Selection(
        [('position', "Positions"), ('photo', "Photos"), ('signature', "Signatures"),
         ('text', "Texts")], required=True, default='photo')
    days = fields.Integer(
        help="From the end of the document. 0 keeps the data.")

    _kind_uniq = models.Constraint(
        'UNIQUE(company_id, res_model, kind)',
        "This kind of data has a period for these documents already.")
    _days_positive = models.Constraint(
        'CHECK(days >= 0)', "Data cannot be kept for less than no time: 0 keeps it for ever.")

    @api.depends('res_model', 'kind', 'days')
    def _compute_display_name(self):
        models = dict(self._get_models())
        kinds = dict(self._fields['kind']._description_selection(self.env))
        for period in self:
            period.display_name = " · ".join(filter(None, [
                models.get(period.res_model), kinds.get(period.kind)]))

    @api.model
    def _get_models(self):
        """Return the models whose personal data may be erased, with their names."""
        names = ['aftersales.order', *(
            documents._name for documents in self.env['aftersales.erasure']._get_documents())]
        # the names of our own documents are no secret
        return [(name, self.env['ir.model'].sudo()._get(name).name) for name in names]

    @api.model
    def _get_general_days(self, company):
        """Return the general period of each kind of data in days, where the company has one."""
        return {
            kind: company[f'aftersales_{kind}_days']
            for kind in self.env['aftersales.erasure']._get_kinds()
            if f'aftersales_{kind}_days' in company._fields}

    @api.model
    def _get_limits(self, company):
        """Return ``{(model, kind): moment}``: what ended before that moment loses its data."""
        own = {(period.res_model, period.kind): period.days
               for period in self.search([('company_id', '=', company.id)])}
        now, general = fields.Datetime.now(), self._get_general_days(company)
        limits = {}
        for model, __ in self._get_models():
            for kind in self.env['aftersales.erasure']._get_kinds():
                days = own.get((model, kind), general.get(kind, 0))
                if days:
                    limits[model, kind] = now - timedelta(days=days)
        return limits
