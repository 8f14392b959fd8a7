from odoo import models

_UNIT_FIELDS = frozenset({'department_id', 'unit_user_id'})


class AftersalesComplaint(models.Model):
    """The first unit of a complaint lets people in, and takes it from none."""

    _inherit = 'aftersales.complaint'

    def _get_reader_fields(self):
        """Leave the unit out where none was named yet: then no follower has to be asked."""
        names = super()._get_reader_fields()
        if self and not any(case.department_id or case.unit_user_id for case in self.sudo()):
            names = names - _UNIT_FIELDS
        return names
