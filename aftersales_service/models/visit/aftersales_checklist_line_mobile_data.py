from odoo import models


class AftersalesChecklistLine(models.Model):
    """A check as the technician's phone shows it."""

    _inherit = 'aftersales.checklist.line'

    def _prepare_mobile_check(self):
        self.ensure_one()
        return {
            'id': self.id,
            'phase': self.phase,
            'name': self.name,
            'is_mandatory': self.is_mandatory,
            'needs_photo': self.needs_photo,
            'result': self.result or "",
            'note': self.note or "",
            'has_photo': bool(self.photo),
        }
