from odoo import models
from odoo.exceptions import UserError


class AftersalesStateMixin(models.AbstractModel):
    """A record whose ``state`` moves by named steps, and only along its life-cycle."""

    _name = 'aftersales.state.mixin'
    _description = "Life-Cycle"

    # target state -> states it can be reached from: the whole life-cycle on one screen
    _TRANSITIONS = {}

    def _ensure_reachable(self, target):
        """Refuse the records that cannot get into ``target`` from where they are, naming them."""
        refused = self.filtered(
            lambda record: record.state not in self._TRANSITIONS.get(target, ()))
        if refused:
            labels = dict(self._fields['state']._description_selection(self.env))
            raise UserError(self.env._(
                "What is “%(state)s” cannot become “%(target)s”: %(names)s",
                state=labels[refused[0].state], target=labels.get(target, target),
                names=refused.mapped('display_name')))
