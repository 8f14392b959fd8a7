from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import float_compare

from ...tools.returns import Request, judge_policy, net_refund, value_loss
from ..base.roles import TEAM_LEAD
from .aftersales_return import TAKEN_STATES

BASES = [
    ('warranty', "Warranty"), ('policy', "Return Policy"), ('recall', "Recall"),
    ('maker', "Agreement with the Maker"), ('goodwill', "Goodwill"), ('none', "Nothing")]


class AftersalesReturnLine(models.Model):
    """What is owed for returned goods: the law and the warranty first, then our own promise.

    The remedies of a faulty unit come from ``tools.remedies`` by its card; goods without
    a fault come under the return policy that held on their delivery.
    """

    _inherit = 'aftersales.return.line'

    policy_id = fields.Many2one(
        'aftersales.return.policy', string="Return Policy", readonly=True, copy=False,
        index='btree_not_null', protected=True)
    basis = fields.Selection(
        BASES, string="Taken Back by", readonly=True, copy=False, protected=True)
    facts = fields.Json(
        readonly=True, copy=False, help="Of what the sentences of the verdict are made.",
        protected=True)
    last_day = fields.Date(
        readonly=True, copy=False, help="The last day on which it could be asked for.",
        protected=True)
    fee = fields.Monetary(
        string="Fee for Use", readonly=True, copy=False,
        help="Depreciation, where the rule asks for it.", protected=True)
    restocking_charge = fields.Monetary(readonly=True, copy=False, protected=True)
    refund_limit = fields.Monetary(
        string="Refund Owed", readonly=True, copy=False,
        help="The price less fee and restocking charge.", protected=True)
    refund_amount = fields.Monetary(
        string="Refund", compute='_compute_refund_amount', store=True, readonly=False,
        copy=False, help="What is paid back; never more than the price.")

    @api.depends('refund_limit', 'settlement', 'is_accepted', 'quantity', 'quantity_received',
                 'grade', 'is_complete')
    def _compute_refund_amount(self):
        for line in self:
            if not line._is_refunded() or not line.is_accepted:
                line.refund_amount = 0.0
            else:
                line.refund_amount = line._get_refund_owed()

    @api.constrains('refund_amount', 'price_unit', 'quantity', 'settlement', 'is_accepted')
    def _check_refund(self):
        for line in self:
            price = line.price_unit * line.quantity
            digits = line.currency_id.decimal_places
            if float_compare(line.refund_amount, price, precision_digits=digits) > 0:
                raise ValidationError(self.env._(
                    "The refund for %(line)s is above the price paid, %(price)s.",
                    line=line.display_name,
                    price=line.currency_id.format(price)))
            if line.refund_amount < 0:
                raise ValidationError(self.env._(
                    "A refund cannot be negative: enter zero or more."))
            if line.refund_amount and not (line._is_refunded() and line.is_accepted):
                raise ValidationError(self.env._(
                    "%(line)s is not refunded: no amount is paid back for it.",
                    line=line.display_name))

    @api.constrains('price_unit', 'sale_line_id')
    def _check_price(self):
        for line in self.filtered('sale_line_id'):
            paid = line._get_price_paid()
            if line.currency_id.compare_amounts(line.price_unit, paid) > 0:
                raise ValidationError(self.env._(
                    "The price of %(line)s is above the price paid, %(price)s.",
                    line=line.display_name, price=line.currency_id.format(paid)))

    @api.constrains('price_unit', 'quantity', 'sale_line_id', 'settlement', 'is_accepted')
    def _check_total_paid(self):
        self._ensure_within_paid()

    # === RULES === #

    def _ensure_within_paid(self):
        """Refuse to take back more of a sale line, by all returns, than was paid for it."""
        lines = self.filtered(lambda line: line.state in TAKEN_STATES
                              and line.return_id.kind != 'vendor').sudo()
        others = self.sudo().search([
            ('sale_line_id', 'in', lines.sale_line_id.ids), ('state', 'in', TAKEN_STATES),
            ('return_id.kind', '!=', 'vendor')]) if lines.sale_line_id else lines
        # what went back to its owner, or never came, may come again
        others = others.filtered(
            lambda line: line.state != 'settled' or (
                line._is_ours() and line.quantity_received))
        for line in lines.filtered('sale_line_id'):
            same = others.filtered(
                lambda other, line=line: other.sale_line_id == line.sale_line_id)
            asked = sum(other.price_unit * other.quantity for other in same)
            paid = line._get_line_price_paid()
            # each price was rounded
            slack = line.currency_id.rounding * (1 + sum(same.mapped('quantity')))
            if asked > paid + slack:
                raise ValidationError(self.env._(
                    "%(asked)s would be taken back of “%(sold)s”, for which %(paid)s was paid: "
                    "lower the price or the quantity of %(line)s.",
                    asked=line.currency_id.format(asked), sold=line.sale_line_id.name,
                    paid=line.currency_id.format(paid), line=line.display_name))

    def _get_refund_owed(self):
        """Return what is owed for what arrived, of what was asked for before it arrives."""
        self.ensure_one()
        if not self.return_id or self.state in ('request', 'authorised'):
            return self.refund_limit
        part = min(self.quantity_received / self.quantity, 1.0)
        return self.currency_id.round(
            max(self.refund_limit - self._get_value_lost(), 0.0) * part)

    def _get_value_lost(self):
        """Return by how much goods that come back without a reason are worth less than their price.

        The customer may open and try them; what is worn, broken or missing is kept back.
        """
        self.ensure_one()
        if self.basis not in ('warranty', 'policy') or not self.return_id._is_without_reason():
            return 0.0
        # those who may read the verdict may read what the policy keeps back
        losses = self.sudo().policy_id._get_losses()
        percent = value_loss(self.grade or 'A', self.is_complete, losses)
        return self.price_unit * self.quantity * percent / 100

    def _ensure_refund_owed(self):
        """Let team leads alone pay back more than is owed, as they alone decide on goodwill."""
        if self.env.user.has_group(TEAM_LEAD):
            return
        for line in self:
            if line.currency_id.compare_amounts(
                    line.refund_amount, line._get_refund_owed()) > 0:
                raise AccessError(self.env._(
                    "A team lead decides on more than the %(owed)s owed for %(line)s.",
                    owed=line.currency_id.format(line._get_refund_owed()),
                    line=line.display_name))

    def _ensure_price_known(self):
        """Refuse refunds of nothing: what was sold elsewhere needs its price to be written."""
        for line in self:
            is_refund = line._is_refunded() and line.basis not in ('none', False)
            if is_refund and not line.price_unit and not line.sale_line_id and (
                    line.return_id.kind != 'vendor'):
                raise UserError(self.env._(
                    "What was paid for %(line)s is not known: write its price first.",
                    line=line.display_name))

    def _judge(self):
        """Judge the lines that are requested; what was authorised is not judged again."""
        lines = self.filtered(lambda line: line.state == 'request')
        if not lines:
            return
        for line, vals in lines._prepare_verdicts().items():
            # the verdict follows from the facts, which the user was allowed to write
            line.sudo().write(vals)

    def _ensure_settlement_owed(self):
        """Judge what was received when it is to be settled otherwise; refuse what is not owed.

        It is judged on the day on which the return was asked for.
        """
        for line, vals in self.filtered(
                lambda line: line.state == 'received')._prepare_verdicts().items():
            line.sudo().write(vals)  # as above
            if objection := line._get_authorisation_objection():
                raise UserError(objection)
            # which transfer brought them follows from the return, which may be written
            mixed = line.sudo()._get_companions().filtered(
                lambda other, line=line: other._is_refunded() != line._is_refunded())
            if line.sale_line_id and mixed:
                raise UserError(self.env._(
                    "%(line)s came by one transfer with %(other)s: the sale counts both as "
                    "returned, or neither. Settle them alike.", line=line.display_name,
                    other=mixed[0].display_name))

    def _prepare_verdicts(self):
        """Return ``{line: values of its verdict}``, with few queries for all lines."""
        decisions = self._get_decisions()
        policies, counts = self._get_policies(), self._count_earlier_returns()
        # as the clauses read today, for readers of every language
        articles = self.env['aftersales.verdict']._get_articles(
            {rule.key: rule for decision in decisions.values()
             for rule in self.env['aftersales.verdict']._get_rules(decision)}.values(),
            all_languages=True)
        recalled = self._get_recalled_cards()
        return {
            line: line._prepare_recall_vals() if line.warranty_id in recalled
            else line._prepare_verdict_vals(
                decisions.get(line), policies[line], counts.get(line, 0), articles)
            for line in self}

    def _get_recalled_cards(self):
        """Return the cards of units that running recalls call back, where one is wanted.

        The room of recalls says which.
        """
        return self.env['aftersales.warranty']

    def _prepare_recall_vals(self):
        """Return the verdict on a unit that is called back: it is owed whatever its age."""
        self.ensure_one()
        return {
            'policy_id': False, 'basis': 'recall', 'last_day': False, 'fee': 0.0,
            'restocking_charge': 0.0, 'refund_limit': self.price_unit * self.quantity,
            'facts': {'code': 'given', 'settlement': self.settlement}}

    def _get_decisions(self):
        """Return ``{line: tools.remedies.Decision}`` for the units that have a card.

        A unit that its service order is about is judged by what the order found.
        """
        decisions, asked = {}, defaultdict(self.browse)
        # what is promised to the owner does not depend on the user who asks
        for line in self.sudo().filtered('warranty_id'):
            record, card = line.return_id, line.warranty_id
            key = (
                record.order_id if record.order_id.warranty_id == card and card.price else None,
                record.request_date, record.reason_id.fault_kind, line.price_unit,
                line._has_proof())
            asked[key] |= line
        for (order, day, fault_kind, price, has_proof), lines in asked.items():
            if order:
                by_card = {order.warranty_id: order._decide()[order]}
            else:
                by_card = lines.warranty_id._decide(
                    day, fault_kind=fault_kind, price=price, has_proof=has_proof)
            decisions.update({line: by_card[line.warranty_id] for line in lines})
        return {line.with_env(self.env): decision for line, decision in decisions.items()}

    def _get_policies(self):
        """Return ``{line: return policy}``: the version that held when it was delivered."""
        policies = {
            company: self.env['aftersales.return.policy']._get_policies(company)
            for company in self.company_id}
        return {
            line: policies[line.company_id]._find(
                line.product_id, line._get_delivery_date() or line.return_id.request_date)
            for line in self}

    def _count_earlier_returns(self):
        """Return how many returns without a fault each customer asked for before.

        Counted in the period of the policy; one query for each policy's period.
        """
        counts = {}
        for policy, lines in self._get_policies_in_use().items():
            customers = lines.return_id.partner_id.commercial_partner_id
            day = min(lines.return_id.mapped('request_date'))
            # abuse is counted over the returns of all users
            groups = self.env['aftersales.return'].sudo()._read_group(
                [('partner_id', 'child_of', customers.ids), ('state', 'in', TAKEN_STATES),
                 ('reason_id.fault_kind', '=', 'no_reason'),
                 ('id', 'not in', lines.return_id.ids),
                 ('request_date', '>', day - timedelta(days=policy.max_days))],
                ['partner_id'], ['__count'])
            for line in lines:
                customer = line.return_id.partner_id.commercial_partner_id
                counts[line] = sum(
                    count for partner, count in groups
                    if partner.commercial_partner_id == customer)
        return counts

    def _get_policies_in_use(self):
        """Return ``{policy: lines}`` for the policies that watch how often a customer returns."""
        lines_by_policy = defaultdict(self.browse)
        for line, policy in self._get_policies().items():
            if policy.max_returns:
                lines_by_policy[policy] |= line
        return lines_by_policy

    def _get_delivery_date(self):
        """Return the day on which the customer got the goods, as far as it is known."""
        self.ensure_one()
        # the day is on the customer's own papers
        move = self.sudo().move_id
        return self.warranty_id.delivery_date or self.warranty_id.invoice_date or (
            move.state == 'done' and fields.Date.context_today(self, move.date)) or None

    def _has_proof(self):
        self.ensure_one()
        return bool(self.sale_line_id or self.move_id or self.warranty_id.has_proof)

    def _prepare_verdict_vals(self, decision, policy, earlier_returns, articles):
        """Return the verdict's values: the first basis that gives what is asked for."""
        self.ensure_one()
        record, price = self.return_id, self.price_unit * self.quantity
        facts = {'code': 'given', 'settlement': self.settlement}
        vals = {
            'policy_id': policy.id, 'basis': 'none', 'facts': facts, 'last_day': False,
            'fee': 0.0, 'restocking_charge': 0.0, 'refund_limit': 0.0}
        if record.kind == 'vendor':
            return vals | {'basis': 'maker', 'refund_limit': price}
        if self.is_unknown or self.settlement == 'none':
            return vals | {'facts': facts | {
                'code': 'unknown' if self.is_unknown else 'taken_in'}}
        remedy = decision and decision.get(self._get_remedy())
        if remedy:
            return vals | {
                'basis': 'warranty', 'fee': remedy.fee, 'last_day': remedy.last_day,
                'refund_limit': net_refund(price, remedy.fee),
                'facts': facts | {'article': articles[remedy.rule.key]}}
        judged = policy and judge_policy(
            policy._to_terms(), self._to_request(policy, earlier_returns))
        if judged and judged.is_eligible:
            refund = net_refund(price, 0.0, judged.restocking_percent)
            return vals | {
                'basis': 'policy', 'last_day': judged.last_day, 'refund_limit': refund,
                'restocking_charge': price - refund}
        if record.goodwill_reason:
            return vals | {'basis': 'goodwill', 'refund_limit': price}
        return vals | {'facts': facts | {
            'code': 'refused', 'is_recall': record.kind == 'recall',
            'failure': self._get_failure(decision, articles),
            'policy_failure': self._get_policy_failure(judged)}}

    def _get_remedy(self):
        """Return the remedy of the law that the settlement carries out."""
        self.ensure_one()
        return 'refund' if self._is_refunded() else self.settlement

    def _get_failure(self, decision, articles):
        """Return the failed rule, of those for the remedy wanted, that came nearest."""
        failures = [failure for failure in (decision.failed if decision else ())
                    if failure.rule.remedy == self._get_remedy()]
        return (failures and {
            'reason': failures[-1].reason, 'wanted': failures[-1].wanted,
            'found': failures[-1].found, 'article': articles[failures[-1].rule.key]}) or None

    def _get_policy_failure(self, judged):
        return (judged and {
            'reason': judged.reason,
            'last_day': judged.last_day and judged.last_day.isoformat()}) or None

    def _to_request(self, policy, earlier_returns):
        """Return this line as ``tools.returns`` judges it under a policy."""
        record = self.return_id
        return Request(
            day=record.request_date, delivered=self._get_delivery_date(),
            has_proof=self._has_proof(), is_excluded=policy._excludes(self.product_id),
            is_used=self.is_used, is_seller_fault=record.reason_id.responsible != 'customer',
            earlier_returns=earlier_returns)

    def _get_authorisation_objection(self):
        """Return why this line may not be authorised, in the words of the rule; else empty.

        Hook: called by the step to *authorised* and by a change of the settlement of received
        goods, as the user, for one line, after it was judged and before anything else is written.
        The caller refuses with these words. Raises nothing.
        """
        self.ensure_one()
        if self.settlement != 'none' and self.basis == 'none':
            return self.verdict
        return ''
