from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesOrder(models.Model):
    """What is settled in words: a question answered, the use of a sold unit explained."""

    _inherit = 'aftersales.order'

    is_consultation = fields.Boolean(related='type_id.is_consultation')
    answer = fields.Text(string="Answer Given", copy=False, help="The answer that the caller got.")
    date_answer_promised = fields.Datetime(
        string="Reply Promised for", compute='_compute_date_answer_promised', store=True,
        readonly=False, precompute=True, copy=False,
        help="A question that is not answered at once is answered until then.")
    use_explained = fields.Boolean(
        string="Use and Service Explained", copy=False,
        help="At a counter sale without installation the seller explains use and service.")
    use_explained_user_id = fields.Many2one(
        'res.users', string="Explained by", readonly=True, copy=False, protected=True)
    date_use_explained = fields.Datetime(
        string="Explained on", readonly=True, copy=False, protected=True)

    @api.depends('type_id', 'answer')
    def _compute_date_answer_promised(self):
        """Promise a reply to open questions, in the company's working hours."""
        consultations = self.env['aftersales.order.type']._get_consultation_ids()
        for order in self:
            if (order.type_id.id in consultations and not order.answer
                    and not order.date_answer_promised):
                order.date_answer_promised = order.company_id._get_reply_deadline()
            else:
                order.date_answer_promised = order.date_answer_promised

    @api.constrains('type_id', 'answer', 'date_answer_promised')
    def _check_answer_or_promise(self):
        consultations = self.env['aftersales.order.type']._get_consultation_ids()
        for order in self:
            if order.type_id.id in consultations and not (
                    order.answer or order.solution or order.date_answer_promised):
                raise ValidationError(self.env._(
                    "Answer the question of order %(order)s, or promise a time to reply.",
                    order=order.name))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders.filtered('use_explained')._stamp_explanation()
        return orders

    def write(self, vals):
        result = super().write(vals)
        if 'use_explained' in vals:
            self._stamp_explanation()
        return result

    # === RULES === #

    def _stamp_explanation(self):
        """Note who explained use and service, and when."""
        for is_explained, orders in self.grouped('use_explained').items():
            # write checked the right to note what was explained
            orders.sudo().write({
                'use_explained_user_id': is_explained and self.env.uid,
                'date_use_explained': is_explained and fields.Datetime.now()})

    def _ensure_consultation_answered(self):
        consultations = self.env['aftersales.order.type']._get_consultation_ids()
        self._refuse_where(
            lambda order: order.type_id.id in consultations
            and not (order.answer or order.solution),
            self.env._("Write what the customer was answered before the question is settled"))
