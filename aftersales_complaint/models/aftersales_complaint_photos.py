from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.aftersales_service.models.base.aftersales_legal_hold_part_mixin import find_kept


class AftersalesComplaint(models.Model):
    """Photos of a case are added by all who write it, and taken off by the desk with a note."""

    _inherit = 'aftersales.complaint'

    def write(self, vals):
        photos = {case: case.sudo().photo_ids for case in self} if 'photo_ids' in vals else {}
        result = super().write(vals)
        for case, before in photos.items():
            removed = before - case.sudo().photo_ids
            if removed:
                # the write was allowed; the files themselves stay on the case
                case.sudo()._message_log(body=self.env._(
                    "Photos taken off the case: %(files)s.", files=removed.mapped('name')))
        return result

    def _ensure_may_change(self, vals):
        result = super()._ensure_may_change(vals)
        if 'photo_ids' not in vals:
            return result
        value = vals['photo_ids']
        cases = self.filtered(lambda case: not set(case.sudo().photo_ids.ids) <= find_kept(
            case.sudo().photo_ids.ids, value))
        if not cases:
            return result
        if not self._may_judge():
            raise AccessError(self.env._(
                "Photos of a complaint are its proof: you may add some, and the complaint desk "
                "takes one off."))
        if any(command[0] == Command.DELETE for command in value or ()):
            raise UserError(self.env._(
                "A photo of a complaint cannot be deleted or changed as a file: take it off on "
                "the complaint, where this is noted."))
        cases._refuse_where('date_closed', self.env._(
            "Photos of closed complaints stay: reopen the complaint first"))
        return result
