from odoo import api, fields, models
from odoo.tools import ormcache


class AftersalesClockAlert(models.Model):
    """A mark on the clocks of a kind of document, in per cent of the promised time.

    All alerts of the model and company hold, those without company in every one. A module adds
    its recipients by ``selection_add``; the document returns their users
    (``_get_alert_users``).
    """

    _name = 'aftersales.clock.alert'
    _description = "Clock Alert"
    _inherit = ['aftersales.cached.mixin', 'aftersales.link.access.mixin']
    _order = 'percent, id'

    name = fields.Char(required=True, translate=True)
    res_model = fields.Selection(
        lambda self: self.env['aftersales.clock.mixin']._get_clock_model_names(),
        string="Document", required=True)
    percent = fields.Integer(
        required=True, help="80 warns early, 100 is the promise itself, more escalates.")
    recipient = fields.Selection(
        [('handler', "Handler of the Document"), ('lead', "Team Leads"),
         ('manager', "Administrators")], default='handler', required=True)
    company_id = fields.Many2one(
        'res.company', index='btree_not_null', help="Empty: it holds in every company.")
    active = fields.Boolean(default=True)

    _recipient_uniq = models.UniqueIndex(
        '(res_model, COALESCE(company_id, 0), percent, recipient)',
        "This recipient is alerted at this percentage already: change that alert instead.")
    _percent_positive = models.Constraint(
        'CHECK(percent > 0)', "An alert lies after the start of the clock.")

    @api.model_create_multi
    def create(self, vals_list):
        alerts = super().create(vals_list)
        alerts._on_alerts_changed()
        return alerts

    def write(self, vals):
        if not vals.keys() & {'res_model', 'percent', 'company_id', 'active'}:
            return super().write(vals)
        self._on_alerts_changed()
        result = super().write(vals)
        self._on_alerts_changed()
        return result

    def unlink(self):
        self._on_alerts_changed()
        return super().unlink()

    def _on_alerts_changed(self):
        """Set the next alert of running clocks again, once per transaction."""
        waiting = self.env.cr.precommit.data.setdefault('aftersales_alerts', set())
        if not waiting:
            self.env.cr.precommit.add(self.env['aftersales.clock']._reschedule_alerts)
        waiting.update(self.mapped('res_model'))

    @api.model
    def _get_alerts(self, res_model, company_id):
        """Return the alerts for clocks of a model and company, by ascending percentage."""
        # alerts hold for every record and user
        return self.sudo().browse(self._get_alert_ids(res_model, company_id))

    @api.model
    @ormcache('res_model', 'company_id')
    def _get_marks(self, res_model, company_id):
        """Return the percentages at which these clocks alert, in ascending order."""
        return tuple(self._get_alerts(res_model, company_id).mapped('percent'))

    @api.model
    @ormcache('res_model', 'company_id')
    def _get_alert_ids(self, res_model, company_id):
        # alerts hold for every record and user
        return tuple(self.sudo().search(
            [('res_model', '=', res_model), ('company_id', 'in', [False, company_id])]).ids)
