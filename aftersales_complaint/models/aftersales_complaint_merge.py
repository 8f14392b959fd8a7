from odoo import api, fields, models
from odoo.exceptions import UserError

# demand of the customer: what one of the merged cases asks for, the one that goes on asks for
_DEMANDS = ('wants_return', 'wants_exchange', 'wants_repair', 'wants_compensation',
            'wants_apology', 'is_injury', 'is_media', 'is_authority', 'is_leaving')
# channels that set deadlines of their own
_OUTSIDE = frozenset({'platform', 'authority', 'media'})


class AftersalesComplaint(models.Model):
    """One matter, one case: merged complaints end, split ones go their own way.

    The customer's clocks are kept: who complained first has waited since then. Complaints that
    open themselves (accidents, calls after the work, low ratings) leave those that are open.
    """

    _inherit = 'aftersales.complaint'

    origin_id = fields.Many2one(
        'aftersales.complaint', string="Follows", index='btree_not_null', readonly=True,
        copy=False, protected='after', check_company=True, link_access='read')
    merged_into_id = fields.Many2one(
        'aftersales.complaint', string="Merged into", index='btree_not_null', readonly=True,
        copy=False, protected=True, check_company=True)
    merged_ids = fields.One2many(
        'aftersales.complaint', 'merged_into_id', string="Merged Complaints",
        groups='base.group_user')
    merged_numbers = fields.Char(
        string="Numbers of Merged Complaints", readonly=True, copy=False, protected=True,
        groups='base.group_user',
        help="Numbers of the platform and of the authority: they ask by them.")

    def action_merge(self):
        """Ask which of these complaints goes on."""
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Merge Complaints"),
            'res_model': 'aftersales.complaint.merge', 'view_mode': 'form', 'target': 'new',
            'context': {'default_complaint_ids': self.ids}}

    def action_split(self):
        """Ask for the words of the second matter."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Split Complaint"),
            'res_model': 'aftersales.complaint.split', 'view_mode': 'form', 'target': 'new',
            'context': {'default_complaint_id': self.id}}

    def _merge_into(self, target):
        """End these complaints in favour of ``target``, of the same customer and company."""
        target.ensure_one()
        (self | target).check_access('write')
        if not self.env.su:
            self._ensure_may_move('merged')
        # two who merge or close the same cases at once: one wins, before anything is written
        (self | target)._ensure_free_to_move()
        if target in self:
            raise UserError(self.env._("A complaint cannot be merged into itself."))
        target._refuse_where('date_closed', self.env._(
            "What is closed takes in no other complaint; open a linked one instead"))
        self._refuse_where(
            lambda case: not case.partner_id or case.commercial_partner_id != (
                target.commercial_partner_id), self.env._(
                "Complaints of two customers stay apart: what one writes is not the other's to "
                "read"))
        self._refuse_where(
            lambda case: case.company_id != target.company_id,
            self.env._("Complaints of two companies stay apart"))
        self._refuse_where(
            lambda case: case.is_grievance != target.is_grievance, self.env._(
                "A grievance of the outlet becomes a complaint before it is merged"))
        # the right to both was checked above; the link is protected
        self.sudo().merged_into_id = target
        starts = self._get_clock_starts()
        self._set_state('merged')
        target._take_over(self, starts)

    def _get_clock_starts(self):
        """Return ``{kind: the earliest start}`` of the running promises."""
        starts = {}
        for clock in self._get_running_clocks():
            starts[clock.kind] = min(starts.get(clock.kind, clock.date_start), clock.date_start)
        return starts

    def _take_over(self, merged, starts):
        """Take over words, demands, waiting time and money of complaints that end in this one."""
        self.ensure_one()
        target = self.sudo()  # _merge_into checked the right to both
        vals = {name: True for name in _DEMANDS if any(merged.sudo().mapped(name))}
        vals['amount_asked'] = max((merged | self).mapped('amount_asked'))
        vals['date_received'] = min((merged | self).mapped('date_received'))
        vals |= self._prepare_outside_vals(merged.sudo())
        words = [f"{case.name}: {case.description}" for case in merged if case.description]
        vals['description'] = "\n\n".join(filter(None, (target.description, *words)))
        target.write(vals)
        clocks = target._get_running_clocks().filtered(
            lambda clock: clock.kind in starts and starts[clock.kind] < clock.date_start)
        for clock in clocks:
            clock.date_start = starts[clock.kind]
        clocks.filtered(lambda clock: clock.unit != 'date')._reschedule()
        target._message_log(body=self.env._(
            "Merged into this complaint: %(cases)s", cases=", ".join(merged.mapped('name'))))
        merged.sudo()._message_log_batch(dict.fromkeys(
            merged.ids, self.env._("Merged into %(case)s.", case=self.name)))
        self._take_over_money(merged)

    def _prepare_outside_vals(self, merged):
        """Return what platforms and authorities wait for: the earliest deadline, the numbers.

        A number of its own stays; those of the others are found by ``merged_numbers``.

        :param merged: the complaints that end in this one, as superuser
        """
        target = self.sudo()  # _merge_into checked the right to both
        vals = {name: next(filter(None, merged.mapped(name)), False)
                for name in ('platform_number', 'external_number') if not target[name]}
        numbers = [number for case in merged for number in (
            case.merged_numbers, case.platform_number, case.external_number)]
        vals['merged_numbers'] = ", ".join(dict.fromkeys(
            filter(None, [target.merged_numbers, *numbers])))
        dated = (target | merged).filtered('date_external_deadline').sorted(
            'date_external_deadline')[:1]
        if dated and dated != target:
            vals['date_external_deadline'] = dated.date_external_deadline
        outside = merged.filtered(lambda case: case.channel in _OUTSIDE)[:1]
        if outside and target.channel not in _OUTSIDE:
            # the clock of the deadline is the platform's or the authority's
            vals['channel'] = (dated if dated in merged else outside).channel
        return {name: value for name, value in vals.items() if value}

    def _open_linked(self, **values):
        """Return a new complaint that follows this one: what came too late, or is another matter.

        Called by code that checked who writes: the desk, the portal or the mail gateway.
        """
        self.ensure_one()
        case = self.sudo()
        linked = case.create({
            'origin_id': case.id, 'company_id': case.company_id.id, 'kind': case.kind,
            'category_id': case.category_id.id, 'partner_id': case.partner_id.id,
            'phone': case.phone, 'order_id': case.order_id.id,
            'warranty_id': case.warranty_id.id, 'serial': case.serial,
            'product_id': case.product_id.id, 'batch': case.batch,
            'outlet_id': case.outlet_id.id, 'user_id': case.user_id.id, 'subject': case.subject,
            **values})
        case._message_log(body=self.env._("Followed by %(case)s.", case=linked.name))
        return linked.with_env(self.env)

    @api.model
    def _open_from_orders(self, orders, channel, words_by_order):
        """Return the complaints that follow from service orders, one for each without an open one.

        Hook for other modules too (a low rating of a survey): called by code that checked the
        right to what it knows of the orders, as any user; creates as superuser, for a batch. An
        order whose complaint is open gets a note there instead. Raises nothing.

        :param channel: ``rating``, ``follow_up`` or ``accident``
        :param dict words_by_order: what the customer says, for each order
        """
        # what the customer said after the work is written down by any handler
        cases = self.sudo()
        opened = cases.search([('order_id', 'in', orders.ids), ('date_closed', '=', False)])
        known = {case.order_id.id: case for case in opened}
        fresh = orders.filtered(lambda order: order.id not in known)
        notes = {known[order.id].id: words_by_order[order] for order in orders - fresh}
        cases.browse(notes)._message_log_batch(notes)
        return cases.create([{
            'order_id': order.id, 'company_id': order.company_id.id, 'channel': channel,
            'kind': 'service', 'user_id': False,
            'subject': self.env._("Not content with %(order)s", order=order.name),
            'description': words_by_order[order]} for order in fresh.sudo()])
