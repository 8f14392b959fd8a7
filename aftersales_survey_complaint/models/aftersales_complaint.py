from odoo import api, fields, models


class AftersalesComplaint(models.Model):
    """Complaints that began with a low rating: their customers are asked again."""

    _inherit = 'aftersales.complaint'

    loop_ids = fields.One2many(
        'aftersales.loop', 'complaint_id', string="Loops", readonly=True, copy=False,
        protected=True, groups='aftersales_survey.group_survey_interviewer')

    @api.model
    def _open_from_orders(self, orders, channel, words_by_order):
        """Open no second complaint when the follow-up of an order ends whose loop had one."""
        if channel == 'follow_up':
            # which orders have one only keeps from opening another
            known = self.env['aftersales.loop'].sudo().search(
                [('order_id', 'in', orders.ids), ('complaint_id', '!=', False)])
            orders -= known.order_id.with_env(orders.env)
        return super()._open_from_orders(orders, channel, words_by_order)

    def _on_state_changed(self, target):
        """Ask the customers of low ratings again, once their complaint is closed with them."""
        super()._on_state_changed(target)
        if target not in ('settled', 'unfounded'):
            return
        for case in self:
            loops = case.loop_ids.filtered(
                lambda loop: loop.state in ('open', 'acting') and loop.invitation_id)
            for loop in loops:
                loop.solution = "\n".join(filter(None, (loop.solution, case.answer))) or (
                    self.env._("Complaint %(case)s was closed with the customer.", case=case.name))
            if loops:
                loops._set_state('second_call')

    def _take_over(self, merged, starts):
        """Let the loops of merged complaints go on with the one that goes on."""
        result = super()._take_over(merged, starts)
        # _merge_into checked the right to both
        merged.sudo().loop_ids.complaint_id = self
        return result
