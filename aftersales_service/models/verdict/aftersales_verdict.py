from odoo import api, fields, models
from odoo.exceptions import UserError

from ..policy.aftersales_warranty_remedy import REMEDIES


class AftersalesVerdict(models.Model):
    """What was decided about a unit on a day: remedies, fired and failed rules, exclusions.

    It is evidence: no user changes it. A new fact makes a new verdict. The sentences are
    said in the reader's language from the facts that are kept.
    """

    _name = 'aftersales.verdict'
    _description = "Warranty Verdict"
    _order = 'id desc'
    _check_company_auto = True

    warranty_id = fields.Many2one(
        'aftersales.warranty', string="Warranty Card", required=True, readonly=True,
        index=True, ondelete='cascade')
    company_id = fields.Many2one(
        related='warranty_id.company_id', store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    product_id = fields.Many2one(related='warranty_id.product_id')
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", readonly=True, index='btree_not_null',
        ondelete='set null', check_company=True)
    user_id = fields.Many2one(
        'res.users', string="Decided by", required=True, readonly=True,
        default=lambda self: self.env.user)
    date = fields.Datetime(
        string="Decided on", required=True, readonly=True, default=fields.Datetime.now)
    day = fields.Date(
        string="Judged on the Day", required=True, readonly=True,
        help="The customer's local day on which the unit was judged.")
    usage = fields.Float(string="Meter Reading", readonly=True)
    fault_kind = fields.Selection(
        lambda self: self.env['aftersales.order']._fields['fault_kind']._description_selection(
            self.env), string="Kind of Fault", readonly=True)
    is_eligible = fields.Boolean(
        string="Owed", readonly=True, help="The customer may choose at least one remedy.")
    remedy = fields.Selection(
        REMEDIES, string="Best Remedy", readonly=True, index=True)
    fee = fields.Monetary(readonly=True)
    refund = fields.Monetary(readonly=True)
    last_day = fields.Date(readonly=True, help="Last day on which it may be asked for.")
    facts = fields.Json(readonly=True)
    summary = fields.Char(compute='_compute_words')
    words = fields.Text(string="Rules", compute='_compute_words')

    @api.depends('facts')
    @api.depends_context('lang')
    def _compute_words(self):
        for verdict in self:
            words = verdict._get_words()
            verdict.summary = words['summary']
            verdict.words = "\n".join(
                line['text'] for key in ('exclusions', 'remedies', 'failed')
                for line in words[key])

    def _compute_display_name(self):
        for verdict in self:
            verdict.display_name = (
                f'{verdict.warranty_id.name} · {verdict.day}' if verdict.warranty_id else False)

    def write(self, vals):
        self.check_access('write')
        if vals and self:
            raise UserError(self.env._(
                "A verdict is evidence and cannot be changed: decide again instead."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        raise UserError(self.env._("A verdict is evidence and is not deleted."))

    # === RULES === #

    @api.model
    def _record(self, card, decision, order=None, facts=None):
        """Keep what was decided about ``card``; return the verdict.

        :param facts: the ``tools.remedies.Facts`` it was decided on
        """
        return self._record_batch([(card, decision, order, facts)])

    @api.model
    def _record_batch(self, decided):
        """Keep many decisions at once, given as ``(card, decision, order, facts)``.

        Called by methods that checked the right to decide; users cannot write verdicts.
        """
        # one reading of the clauses for all decisions
        articles = self._get_articles(
            {rule.key: rule for __, decision, *__ in decided
             for rule in self._get_rules(decision)}.values(), all_languages=True)
        grounds = self._get_grounds(self.env['aftersales.order'].union(
            *(order for __, __, order, __ in decided if order)))
        return self.sudo().create([
            self._prepare_verdict_vals(articles, grounds, *one) for one in decided
        ]).sudo(self.env.su)

    @api.model
    def _prepare_verdict_vals(self, articles, grounds, card, decision, order=None, facts=None):
        best = decision.remedies[0] if decision.remedies else None
        day = facts.day if facts else (
            (order and order.event_day) or fields.Date.context_today(self))
        usage = facts.usage if facts else 0.0
        return {
            'warranty_id': card.id,
            'order_id': order.id if order else False,
            'user_id': self.env.uid,
            'day': day,
            'usage': usage,
            'fault_kind': facts.fault_kind if facts else False,
            'is_eligible': decision.is_eligible,
            'remedy': best.kind if best else False,
            'fee': best.fee if best else 0.0,
            'refund': best.refund if best else 0.0,
            'last_day': best.last_day if best else False,
            'facts': self._to_json(decision, articles, grounds.get(order)) | {
                'is_covered': card._judge_unit(day, usage).is_covered},
        }
