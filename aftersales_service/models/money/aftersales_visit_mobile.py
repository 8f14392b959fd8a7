from odoo import models


class AftersalesVisit(models.Model):
    """What the technician's phone does about money; the order's own methods decide."""

    _inherit = 'aftersales.visit'

    def _on_mobile_quote(self, order, payload, moment):
        self._ensure_unit(order)
        order._create_quotations()

    def _on_mobile_collect(self, order, payload, moment):
        self._ensure_unit(order)
        order._collect(
            payload.get('amount'), payload.get('journal_id'), self._read_text(payload, 'receipt'))


class AftersalesOrder(models.Model):
    """The money of an order as the technician's phone shows it."""

    _inherit = 'aftersales.order'

    def _prepare_mobile_order(self, shared):
        # asked for by the technician of the visit, see _get_mobile_jobs
        sales = self.sale_order_ids
        offers = sales.filtered(lambda sale: sale.state in ('draft', 'sent'))
        due = self._get_amount_due()
        is_reported = self.collection_mode == 'outlet' and self.date_reported
        return super()._prepare_mobile_order(shared) | {
            'can_quote': self._has_unquoted_charges() and not self.date_done,
            # the customer reads and signs it on this phone, by core's own page
            'quotation_url': offers[:1].get_portal_url() if offers else "",
            'amount_due': due if self._is_collectable() and not is_reported else 0.0,
            'amount_due_label': self.currency_id.format(due),
            'pay_methods': [] if self.collection_mode == 'outlet' else [
                [journal.id, journal.name] for journal in self._get_payment_journals()],
            'is_outlet_paid': self.collection_mode == 'outlet',
        }

    def _has_unquoted_charges(self):
        """Whether the customer pays for something that no quotation tells him yet."""
        self.ensure_one()
        moves = self._get_unquoted_repairs().move_ids
        return bool(
            moves.filtered(lambda move: not move.is_aftersales_covered
                           and move.repair_line_type == 'add' and move.state != 'cancel')
            or self._get_unquoted_labour().filtered(lambda labour: not labour.is_covered))

    def _is_collectable(self):
        """Whether money can be taken now: our company's when the work is done."""
        self.ensure_one()
        return bool(self.date_done and (
            self.collection_mode == 'outlet' or self._get_payment_journals()))
