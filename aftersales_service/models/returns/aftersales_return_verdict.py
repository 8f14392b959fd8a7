from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare, format_date

from ...tools.returns import Request, judge_policy, net_refund
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
        index='btree_not_null')
    basis = fields.Selection(BASES, string="Taken Back by", readonly=True, copy=False)
    article = fields.Char(
        readonly=True, copy=False, help="The clause that gives what was asked for.")
    verdict = fields.Char(readonly=True, copy=False)
    last_day = fields.Date(
        readonly=True, copy=False, help="The last day on which it could be asked for.")
    fee = fields.Monetary(
        string="Fee for Use", readonly=True, copy=False,
        help="Depreciation, where the rule asks for it.")
    restocking_charge = fields.Monetary(readonly=True, copy=False)
    refund_limit = fields.Monetary(
        string="Refund Owed", readonly=True, copy=False,
        help="The price less fee and restocking charge.")
    refund_amount = fields.Monetary(
        string="Refund", compute='_compute_refund_amount', store=True, readonly=False,
        copy=False, help="What is paid back; never more than the price.")

    @api.depends('refund_limit', 'settlement', 'is_accepted', 'quantity', 'quantity_received')
    def _compute_refund_amount(self):
        for line in self:
            if line.settlement != 'refund' or not line.is_accepted:
                line.refund_amount = 0.0
            elif line.quantity_received:
                part = min(line.quantity_received / line.quantity, 1.0)
                line.refund_amount = line.currency_id.round(line.refund_limit * part)
            else:
                line.refund_amount = line.refund_limit

    @api.constrains('refund_amount', 'price_unit', 'quantity')
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
                raise ValidationError(self.env._("A refund cannot be negative."))

    # === RULES === #

    def _judge(self):
        """Judge the lines that are requested; what was authorised is not judged again."""
        lines = self.filtered(lambda line: line.state == 'request')
        if not lines:
            return
        decisions = lines._get_decisions()
        policies, counts = lines._get_policies(), lines._count_earlier_returns()
        for line in lines:
            vals = line._prepare_verdict_vals(
                decisions.get(line), policies[line], counts.get(line, 0))
            # the verdict follows from the facts, which the user was allowed to write
            line.sudo().write(vals)

    def _get_decisions(self):
        """Return ``{line: tools.remedies.Decision}`` for the units that have a card.

        A unit that its service order is about is judged by what the order found.
        """
        decisions, asked = {}, defaultdict(self.browse)
        # what is promised to the owner is the same, whoever asks for it
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
            # abuse is counted over all of them, whoever took them
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
        """Return ``{policy: lines}`` for the policies that watch how often somebody returns."""
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

    def _prepare_verdict_vals(self, decision, policy, earlier_returns):
        """Return the verdict's values: the first basis that gives what is asked for."""
        self.ensure_one()
        record, price = self.return_id, self.price_unit * self.quantity
        vals = {
            'policy_id': policy.id, 'basis': 'none', 'article': False, 'last_day': False,
            'fee': 0.0, 'restocking_charge': 0.0, 'refund_limit': 0.0}
        if record.kind in ('recall', 'vendor'):
            vals['basis'] = 'recall' if record.kind == 'recall' else 'maker'
            vals['refund_limit'] = price
            return vals | {'verdict': self._say_verdict(vals)}
        if self.is_unknown:
            return vals | {'verdict': self._say_unknown()}
        remedy = decision and decision.get(self.settlement)
        if remedy:
            vals.update(
                basis='warranty', article=remedy.rule.article or False, fee=remedy.fee,
                last_day=remedy.last_day, refund_limit=net_refund(price, remedy.fee))
            return vals | {'verdict': self._say_verdict(vals)}
        judged = policy and judge_policy(
            policy._to_terms(), self._to_request(policy, earlier_returns))
        if judged and judged.is_eligible and self.settlement != 'none':
            refund = net_refund(price, 0.0, judged.restocking_percent)
            vals.update(
                basis='policy', article=policy.name, last_day=judged.last_day,
                restocking_charge=price - refund, refund_limit=refund)
            return vals | {'verdict': self._say_verdict(vals)}
        if record.goodwill_reason and self.settlement != 'none':
            vals.update(basis='goodwill', article=record.goodwill_reason, refund_limit=price)
            return vals | {'verdict': self._say_verdict(vals)}
        return vals | {'verdict': self._say_refusal(decision, policy, judged)}

    def _to_request(self, policy, earlier_returns):
        """Return this line as ``tools.returns`` judges it under a policy."""
        record = self.return_id
        return Request(
            day=record.request_date, delivered=self._get_delivery_date(),
            has_proof=self._has_proof(), is_excluded=policy._excludes(self.product_id),
            is_used=self.is_used, is_seller_fault=record.reason_id.responsible != 'customer',
            earlier_returns=earlier_returns)

    def _get_authorisation_objection(self):
        """Return why this line may not be authorised, in the words of the rule; else empty."""
        self.ensure_one()
        if self.settlement != 'none' and self.basis == 'none':
            return self.verdict
        return ''

    # === SENTENCES === #

    def _get_settlement_label(self):
        return dict(self._fields['settlement']._description_selection(self.env))[self.settlement]

    def _say_verdict(self, vals):
        """Say what is owed, by which clause and until when it could be asked for."""
        basis = dict(self._fields['basis']._description_selection(self.env))[vals['basis']]
        sentence = self.env._(
            "%(product)s: %(remedy)s by %(basis)s", product=self.product_id.display_name,
            remedy=self._get_settlement_label(), basis=basis)
        if vals['article']:
            sentence += self.env._(" (%(article)s)", article=vals['article'])
        if vals['last_day']:
            sentence += self.env._(
                ", until %(day)s", day=format_date(self.env, vals['last_day']))
        if charge := vals['fee'] + vals['restocking_charge']:
            sentence += self.env._(
                ", less %(charge)s", charge=self.currency_id.format(charge))
        return sentence + "."

    def _say_unknown(self):
        return self.env._(
            "Unknown unit: the serial number %(serial)s was not sold by us. It may only be "
            "taken in for repair against payment, without refund or exchange.",
            serial=self.serial)

    def _say_refusal(self, decision, policy, judged):
        """Say why neither warranty nor return policy gives what was asked for."""
        if self.settlement == 'none':
            return self.env._("Taken in without refund or exchange.")
        words = []
        if failure := self._get_failure(decision):
            words.append(self.env._(
                "%(rule)s: %(reason)s", rule=failure.rule.article or self.env._("Warranty"),
                reason=self._say_failure(failure)))
        if judged:
            words.append(self.env._(
                "%(policy)s: %(reason)s", policy=policy.name,
                reason=self._say_policy_failure(judged)))
        if not words:
            words.append(self.env._("no rule and no return policy applies"))
        return self.env._(
            "%(product)s: no %(remedy)s. %(reasons)s", product=self.product_id.display_name,
            remedy=self._get_settlement_label().lower(), reasons="; ".join(words) + ".")

    def _get_failure(self, decision):
        """Return the failed rule, of those for the remedy wanted, that came nearest."""
        failures = [failure for failure in (decision.failed if decision else ())
                    if failure.rule.remedy == self.settlement]
        return failures[-1] if failures else None

    def _say_failure(self, failure):
        sentences = {
            'excluded': self.env._("an exclusion was approved"),
            'not_started': self.env._("the term has not begun"),
            'expired': self.env._("the term is over"),
            'fault_kind': self.env._("it does not apply to this kind of fault"),
            'parts': self.env._("the part concerned is none of those named"),
            'no_proof': self.env._("proof of purchase is missing"),
            'no_distance_sale': self.env._("the unit was bought in a shop"),
            'same_model_missing': self.env._("there is no other unit of this model"),
            'same_model_available': self.env._("another unit of this model is available"),
            'window_days': self.env._(
                "day %(found)s is after the %(wanted)s days", found=round(failure.found),
                wanted=round(failure.wanted)),
            'window_usage': self.env._("the meter reads too much"),
            'min_repairs': self.env._(
                "%(found)s repairs of %(wanted)s needed", found=round(failure.found),
                wanted=round(failure.wanted)),
        }
        return sentences.get(failure.reason, self.env._("not long enough in repair"))

    def _say_policy_failure(self, judged):
        return {
            'proof': self.env._("return without proof of purchase"),
            'excluded': self.env._("these goods are not returnable"),
            'not_delivered': self.env._("no delivery is known"),
            'window': self.env._(
                "the last day was %(day)s",
                day=format_date(self.env, judged.last_day) if judged.last_day else ''),
            'used': self.env._("only unused goods with their packaging"),
            'abuse': self.env._("the customer has returned too often"),
        }.get(judged.reason, self.env._("not asked for"))
