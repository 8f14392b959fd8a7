from odoo import api, models


class AftersalesCachedMixin(models.AbstractModel):
    """Configuration that is read with every order, so that the cache holds it.

    The model answers from methods with ``ormcache``; each change of a record empties the
    cache, after the change, so that no request fills it with the old values in between.
    """

    _name = 'aftersales.cached.mixin'
    _description = "Cached Configuration"

    # fields that no cached answer holds
    _uncached_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() - self._uncached_fields:
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
