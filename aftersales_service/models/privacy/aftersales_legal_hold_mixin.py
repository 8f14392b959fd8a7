from odoo import models


class AftersalesLegalHoldMixin(models.AbstractModel):
    _inherit = 'aftersales.legal.hold.mixin'

    def _register_hook(self):
        """Refuse kinds of personal data without periods, when the registry is loaded."""
        super()._register_hook()
        kinds = self.env['aftersales.erasure']._get_kinds()
        handled = {name.removeprefix('_erase_').removesuffix('s') for name in dir(type(self))
                   if name.startswith('_erase_') and name.endswith('s')}
        if unknown := sorted(
                kind for kind in handled.difference(kinds)
                if hasattr(self, f'_get_{kind}_domain')):
            raise ValueError(
                f"{self._name} erases kinds of data that are not declared: {', '.join(unknown)}. "
                "Add them to aftersales.erasure.period.kind by selection_add with ondelete.")
