from odoo import api, models
from odoo.exceptions import UserError


class AftersalesTypedMixin(models.AbstractModel):
    """A record of which some facts follow from steps and rules, so that nobody types them.

    Views grey these fields out; an import or a call would still write them. The model asks
    first thing in its own ``create`` and ``write``, before it notes such facts itself; code
    that checked the right to a step writes as superuser.
    """

    _name = 'aftersales.typed.mixin'
    _description = "Facts Typed by Nobody"

    @api.model
    def _get_typed_never(self):
        """Return the fields that only steps and rules write; other subjects add theirs."""
        return set()

    @api.model
    def _ensure_typable(self, names):
        """Refuse the fields among ``names`` that nobody types, saying which."""
        if not self.env.su and (wrong := self._get_typed_never() & set(names)):
            raise UserError(self.env._(
                "These follow from steps and rules and cannot be typed: %(fields)s",
                fields=", ".join(sorted(
                    self._fields[name]._description_string(self.env) for name in wrong))))
