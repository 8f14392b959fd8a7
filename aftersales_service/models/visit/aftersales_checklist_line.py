from odoo import api, fields, models

from .aftersales_checklist_template_line import PHASES

RESULTS = [('ok', "OK"), ('not_ok', "Not OK"), ('na', "Not Applicable")]


class AftersalesChecklistLine(models.Model):
    """One check of a service order, with the technician's answer.

    The wording stays the template's, so that each reader sees it in their language; what
    the check demanded when the order was dispatched is kept here.
    """

    _name = 'aftersales.checklist.line'
    _description = "Check of a Service Order"
    _inherit = [
        'aftersales.image.mixin', 'aftersales.legal.hold.part.mixin',
        'aftersales.protected.mixin']
    _order = 'order_id, phase_rank, sequence, id'
    _check_company_auto = True
    _hold_field = 'order_id'

    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", required=True, index=True,
        ondelete='cascade', link_access='write')
    company_id = fields.Many2one(
        related='order_id.company_id', store=True, precompute=True, index=True)
    template_line_id = fields.Many2one(
        'aftersales.checklist.template.line', string="Check of", required=True, index=True,
        ondelete='restrict')
    name = fields.Char(string="Check", related='template_line_id.name')
    sequence = fields.Integer(default=10)
    phase = fields.Selection(PHASES, required=True)
    phase_rank = fields.Integer(
        compute='_compute_phase_rank', store=True, precompute=True, protected=True)
    is_mandatory = fields.Boolean(string="Mandatory")
    needs_photo = fields.Boolean(string="Photo Demanded")
    result = fields.Selection(RESULTS)
    note = fields.Char()
    photo = fields.Image(max_width=1920, max_height=1920)
    user_id = fields.Many2one(
        'res.users', string="Answered by", readonly=True, copy=False, protected=True)
    date_answered = fields.Datetime(string="Answered on", readonly=True, copy=False, protected=True)

    _template_line_uniq = models.Constraint(
        'UNIQUE(order_id, template_line_id)', "The order has this check already.")

    @api.depends('phase')
    def _compute_phase_rank(self):
        ranks = {phase: rank for rank, (phase, __) in enumerate(PHASES)}
        for line in self:
            line.phase_rank = ranks.get(line.phase, 0)

    # === CRUD === #

    def write(self, vals):
        result = super().write(vals)
        if vals.get('result'):
            # the answer was allowed and written above
            self.sudo().write({'user_id': self.env.uid, 'date_answered': fields.Datetime.now()})
        return result

    # === RULES === #

    def _is_answered(self):
        """Whether the check has its answer, and its photo where one is demanded."""
        self.ensure_one()
        if not self.result:
            return False
        return self.result == 'na' or not self.needs_photo or bool(self.photo)
