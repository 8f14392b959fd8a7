from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..base.roles import TEAM_LEAD


class AftersalesWarrantyUsage(models.Model):
    """A reading of a unit's meter on a day; the last one stands on its card.

    A meter never runs backwards. A wrong reading is not changed: a team lead adds the
    right one and says why.
    """

    _name = 'aftersales.warranty.usage'
    _description = "Meter Reading"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'date desc, id desc'
    _check_company_auto = True

    warranty_id = fields.Many2one(
        'aftersales.warranty', string="Warranty Card", required=True, index=True,
        ondelete='cascade', link_access='write')
    company_id = fields.Many2one(
        related='warranty_id.company_id', store=True, precompute=True, index=True)
    usage_unit = fields.Selection(
        related='warranty_id.policy_id.usage_unit', string="Unit of Measure")
    date = fields.Date(required=True, default=fields.Date.context_today)
    value = fields.Float(string="Reading", required=True)
    source = fields.Selection(
        [('desk', "Desk"), ('order', "Service Order"), ('customer', "Customer")],
        required=True, readonly=True, default='desk')
    correction = fields.Char(
        string="Why Corrected",
        help="Needed where the reading is lower than an earlier one: a new meter, a typing "
             "mistake. A team lead decides it.")

    _value_positive = models.Constraint(
        'CHECK(value >= 0 AND value < 1e12)', "A meter shows a number from zero up.")
    @api.depends('warranty_id', 'date')
    def _compute_display_name(self):
        for reading in self:
            reading.display_name = (
                f'{reading.warranty_id.name} · {reading.date}' if reading.warranty_id else False)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        readings = super().create(vals_list)
        readings._ensure_plausible()
        readings.warranty_id._copy_last_usage()
        return readings

    def write(self, vals):
        result = super().write(vals)
        self._ensure_plausible()
        self.warranty_id._copy_last_usage()
        return result

    # === RULES === #

    def _ensure_plausible(self):
        """Refuse readings that run backwards, and corrections by people who may make none."""
        today = fields.Date.context_today(self)
        if not self.env.su and any(reading.date > today for reading in self):
            raise ValidationError(self.env._(
                "The day of a meter reading cannot be in the future: enter today or an "
                "earlier day."))
        corrected = self.filtered('correction')
        if corrected and not self.env.su and not self.env.user.has_group(TEAM_LEAD):
            raise AccessError(self.env._(
                "Only a team lead can correct a meter reading: ask one to enter it."))
        history = self.sudo().search(
            [('warranty_id', 'in', self.warranty_id.ids)], order='date, id'
        ).grouped('warranty_id')
        for reading in self - corrected:
            readings = list(history[reading.sudo().warranty_id])
            place = readings.index(reading.sudo())
            before, after = readings[:place], readings[place + 1:]
            if before and before[-1].value > reading.value:
                reading._refuse_backwards(before[-1])
            if after and after[0].value < reading.value and not after[0].correction:
                reading._refuse_backwards(after[0])

    def _refuse_backwards(self, other):
        raise ValidationError(self.env._(
            "%(card)s showed %(other)s on %(day)s, so it cannot show %(reading)s on %(date)s: "
            "a meter does not run backwards. A team lead can correct it and say why.",
            card=self.warranty_id.name, other=f'{other.value:g}', day=other.date,
            reading=f'{self.value:g}', date=self.date))
