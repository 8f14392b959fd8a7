from odoo import models

from ..base.roles import TEAM_LEAD


class AftersalesChecklistLine(models.Model):
    """The answers of finished work stay; leads correct them, and the order says so."""

    _name = 'aftersales.checklist.line'
    _inherit = ['aftersales.checklist.line', 'aftersales.guard.mixin']

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su and vals.keys() & {'result', 'note', 'photo'}:
            for order, lines in self.grouped('order_id').items():
                if order._is_work_done():
                    order._message_log(body=self.env._(
                        "Checks of the finished order were changed: %(checks)s",
                        checks=lines.mapped('name')))
        return result

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        # only whether the work is done is read
        if not self.sudo().order_id._is_work_done() or self.env.user.has_group(TEAM_LEAD):
            return locked
        return locked | self._get_all_but()

    def _get_locked_message(self):
        return self.env._(
            "The work is done, and its checks stay as they were answered; ask a team lead to "
            "correct them")
