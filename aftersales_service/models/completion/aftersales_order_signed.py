from odoo import api, models

from ..base.roles import TEAM_LEAD

# what the customer signed for, and what was charged and promised on it
_DONE_FIELDS = frozenset({
    'active', 'date_event', 'date_received', 'company_id', 'partner_id', 'site_id', 'phone',
    'caller_name', 'caller_phone', 'user_name', 'user_phone', 'description', 'warranty_id',
    'serial', 'product_id', 'lot_id', 'type_id', 'charge_kind', 'diagnosis', 'symptom_id',
    'cause_id', 'remedy_id', 'solution', 'test_result', 'test_note',
    'remaining_risk', 'advice', 'customer_remark', 'article_condition', 'answer',
    'repair_warranty_days', 'technician_id', 'date_planned', 'date_planned_stop', 'date_wanted',
    'date_promised', 'close_reason', 'is_old_taken', 'old_product', 'old_serial', 'old_condition'})
# how the customer accepted it: some types ask for it after the work, then it stays as well
_ACCEPTANCE_FIELDS = frozenset({'signature', 'signed_by', 'refusal_reason', 'refusal_photo'})
# what may still come after the work is done: it stays once it is there
_LATER_FIELDS = frozenset({
    'handover_signature', 'return_signature', 'date_returned', 'lead_id'})
# a picture, and personal data that is erased on the order alone: only that it changed is noted
_UNWORDED_FIELDS = frozenset({
    'signed_by', 'description', 'phone', 'caller_name', 'caller_phone', 'user_name', 'user_phone'})


class AftersalesOrder(models.Model):
    """Finished work stays as the customer signed it; leads correct it, and that is noted."""

    _name = 'aftersales.order'
    _inherit = ['aftersales.order', 'aftersales.signed.mixin']

    def write(self, vals):
        names = sorted(
            vals.keys() & (self._get_done_fields() | _ACCEPTANCE_FIELDS | _LATER_FIELDS))
        done = self.browse() if self.env.su or not names else self.filtered(
            lambda order: order._is_work_done())
        before = {order: order._format_done_values(names) for order in done}
        result = super().write(vals)
        for order, values in before.items():
            order._note_corrections(values, order._format_done_values(names))
        return result

    # === RULES === #

    @api.model
    def _get_done_fields(self):
        """Return the names of the fields of finished work that only leads change.

        Hook: called on the model by ``write``, as the user; what a lead changes stands in the
        chatter, old and new. Raises nothing.
        """
        return _DONE_FIELDS

    def _is_work_done(self):
        self.ensure_one()
        return bool(self.date_done) or self.state == 'closed'

    def _ensure_work_goes_on(self):
        """Keep labour and parts of finished work as the customer signed for them."""
        result = super()._ensure_work_goes_on()
        if not self.env.su and not self.env.user.has_group(TEAM_LEAD):
            self._refuse_where(
                lambda order: order._is_work_done(),
                self.env._(
                    "The work is done, and its labour and parts stay as the customer signed for "
                    "them; ask a team lead to correct them"))
        return result

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        if not self._is_work_done() or self.env.user.has_group(TEAM_LEAD):
            return locked
        locked |= self._get_done_fields() | {name for name in _LATER_FIELDS if self[name]}
        return locked | _ACCEPTANCE_FIELDS if self._is_accepted() else locked

    def _get_locked_message(self):
        if self[0]._is_work_done():
            return self.env._(
                "The work is done, and what the customer signed for stays as it is; ask a team "
                "lead to correct these orders")
        return super()._get_locked_message()

    def _format_done_values(self, names):
        """Return ``{name: words}`` of these fields of one order, as the chatter says them."""
        self.ensure_one()
        words = {}
        for name in names:
            field, value = self._fields[name], self[name]
            if field.relational:
                words[name] = value.display_name or ''
            elif field.type == 'selection':
                words[name] = dict(field._description_selection(self.env)).get(value, '')
            elif field.type == 'boolean':
                words[name] = self.env._("Yes") if value else self.env._("No")
            else:
                words[name] = value or ''
        return words

    def _note_corrections(self, before, after):
        """Say in the chatter which of these values the user changed."""
        for name, old in before.items():
            if old == after[name]:
                continue
            field = self._fields[name]
            label = field._description_string(self.env)
            is_unworded = field.type == 'binary' or name in _UNWORDED_FIELDS
            self._message_log(body=self.env._(
                "“%(field)s” of the finished order was replaced.", field=label)
                if is_unworded else self.env._(
                "“%(field)s” of the finished order was changed: %(old)s → %(new)s",
                field=label, old=old or "–", new=after[name] or "–"))

    def _get_signed_report(self):
        return 'aftersales_service.action_report_%s' % (
            'service_report' if self.type_id.is_on_site else
            'repair_report' if self.type_id.is_repair else 'service_order')

    def _get_signed_base_filename(self):
        self.ensure_one()
        return self.env._("Signed Sheet %(name)s", name=(self.name or '').replace('/', '-'))
