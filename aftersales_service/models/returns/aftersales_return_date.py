from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date

from ..base.roles import TEAM_LEAD


class AftersalesReturn(models.Model):
    """The day of the request, on which windows are judged and from which answers are due.

    It is the day on which the return is registered. That the customer asked earlier is
    for a team lead to say, and the note of it stays with the return.
    """

    _inherit = 'aftersales.return'

    @api.constrains('request_date')
    def _check_request_date(self):
        today = fields.Date.context_today(self)
        self._refuse_where(
            lambda record: record.request_date > today,
            self.env._(
                "A return cannot be requested in the future; enter today or an earlier day"))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        returns = super().create(vals_list)
        today = fields.Date.context_today(self)
        returns.filtered(lambda record: record.request_date != today)._note_request_date()
        return returns

    def write(self, vals):
        day = fields.Date.to_date(vals.get('request_date'))
        moved = self.filtered(lambda record: day and record.request_date != day)
        result = super().write(vals)
        moved._note_request_date()
        return result

    # === RULES === #

    def _note_request_date(self):
        """Note the day that a team lead gave the requests; other users may not choose it."""
        if not self:
            return
        if not self.env.su and not self.env.user.has_group(TEAM_LEAD):
            raise AccessError(self.env._(
                "A team lead decides that a return was requested on another day: terms and "
                "windows are judged on it."))
        self._message_log_batch({
            record.id: self.env._(
                "Dated %(date)s by hand: terms and windows are judged on this day.",
                date=format_date(self.env, record.request_date))
            for record in self})
