from odoo import api, models


class IrDefault(models.Model):
    """A default value that a user saved for oneself or for all fills no protected field."""

    _inherit = 'ir.default'

    @api.model
    def _get_model_defaults(self, model_name, condition=False):
        defaults = super()._get_model_defaults(model_name, condition)
        model = self.env.get(model_name)
        if not defaults or not hasattr(model, '_is_declared_protected'):
            return defaults
        return {name: value for name, value in defaults.items()
                if not model._is_declared_protected(name)}
