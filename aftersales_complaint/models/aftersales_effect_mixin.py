from odoo import fields, models
from odoo.exceptions import UserError


class AftersalesEffectMixin(models.AbstractModel):
    """What is only finished when its effect was checked, some time after it was carried out."""

    _name = 'aftersales.effect.mixin'
    _description = "Record with an Effect Check"
    _inherit = ['aftersales.guard.mixin', 'aftersales.protected.mixin']

    effect_date = fields.Date(
        string="Effect Check from", compute='_compute_effect_date', store=True, protected=True)
    effect_note = fields.Text(
        string="Result of the Effect Check", copy=False, help="Figures before and after.")

    def _compute_effect_date(self):
        """Compute the first day of the check; the model says from which of its dates on.

        Hook: called by the ORM as superuser, for a batch. Raises nothing.
        """
        raise NotImplementedError

    def _ensure_effect_noted(self):
        self._refuse_where(
            lambda record: not (record.effect_note or '').strip(),
            self.env._("Write down the result of the effect check"))

    def _ensure_effect_checked(self):
        """Refuse what is checked too early, or without a result.

        Hook to call: by the rule of the step that ends the record, as the user, for a batch.

        :raise UserError: naming the records
        """
        today = fields.Date.context_today(self)
        for record in self:
            if record.effect_date > today:
                raise UserError(self.env._(
                    "%(record)s: the effect is checked from %(day)s on.",
                    record=record.display_name, day=record.effect_date))
        self._ensure_effect_noted()
