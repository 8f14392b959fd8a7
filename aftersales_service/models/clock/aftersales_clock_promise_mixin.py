from odoo import api, fields, models

from .deadline_calculator import Promise


class AftersalesClockPromiseMixin(models.AbstractModel):
    """What is promised: a kind, a duration in hours or days, and when these count.

    A module adds its kinds here (``selection_add`` with ``ondelete``), and thereby to the
    promised times and to the clocks that run; the document names them in
    ``_get_clock_kinds()``.
    """

    _name = 'aftersales.clock.promise.mixin'
    _description = "Promise"

    kind = fields.Selection([], string="Promise", required=True)
    duration = fields.Float(string="Promised Time", required=True)
    unit = fields.Selection(
        [('hours', "Working Hours"), ('days', "Calendar Days"), ('legal', "Legal Days")],
        default='hours', required=True,
        help="Working hours count in the calendar. Days end with the last day; the day on which "
             "they start does not count. A period of legal days that would end on a day on which "
             "the calendar does not work ends on the next working day.")
    calendar_id = fields.Many2one('resource.calendar')
    is_fixed = fields.Boolean(
        string="Fixed by Law or Platform",
        help="Customer grade, peak seasons and holds do not change this time.")

    @api.depends('kind')
    @api.depends_context('lang')
    def _compute_display_name(self):
        labels = dict(self._fields['kind']._description_selection(self.env))
        for promise in self:
            promise.display_name = labels.get(promise.kind)

    def _get_promise(self):
        """Return what the deadline calculator asks for."""
        self.ensure_one()
        return Promise(self.duration, self.unit, self.calendar_id.id, self.is_fixed)
