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
    _inherit = 'aftersales.protected.mixin'

    # those that whoever makes a record may still say
    _typed_once = frozenset()

    @api.model
    def default_get(self, fields):
        """Take none of these facts from a caller's context either."""
        values = super().default_get(fields)
        if self.env.su:
            return values
        never = self._get_typed_never() - self._typed_once
        return {name: value for name, value in values.items()
                if name not in never or f'default_{name}' not in self.env.context}

    @api.model
    def _get_typed_never(self):
        """Return the fields that only steps and rules write; other subjects add theirs.

        The key of a record's page is drawn; one that somebody chose could be guessed.
        """
        return {'access_token'} & self._fields.keys()

    @api.model
    def _ensure_creatable(self, vals_list):
        """Refuse what nobody types, but for what is said once, when the record is made."""
        self._ensure_typable(set().union(*vals_list) - self._typed_once)

    @api.model
    def _ensure_typable(self, names):
        """Refuse the fields among ``names`` that nobody types, saying which."""
        if not self.env.su and (wrong := self._get_typed_never() & set(names)):
            raise UserError(self.env._(
                "These follow from steps and rules and cannot be typed: %(fields)s",
                fields=sorted(
                    self._fields[name]._description_string(self.env) for name in wrong)))
