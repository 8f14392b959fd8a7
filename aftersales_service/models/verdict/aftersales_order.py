from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.line_cover import LineCover


class AftersalesOrder(models.Model):
    """Exclusions and verdicts of an order."""

    _inherit = 'aftersales.order'

    # a plain column, set by an approval: registering and listing orders read no exclusions
    is_excluded = fields.Boolean(
        string="Excluded from Warranty", readonly=True, copy=False,
        help="A team lead approved an exclusion: the warranty does not cover this "
             "repair.", protected=True)
    has_exclusion = fields.Boolean(
        string="Exclusion Proposed", readonly=True, copy=False, protected=True)
    exclusion_ids = fields.One2many(
        'aftersales.order.exclusion', 'order_id', string="Exclusions")
    verdict_ids = fields.One2many('aftersales.verdict', 'order_id', string="Verdicts")

    def _compute_charge_kind(self):
        """An approved exclusion makes the work paid, whatever the card says."""
        result = super()._compute_charge_kind()
        for order in self:
            if order.is_excluded and not (order.date_done or order.date_closed):
                order.charge_kind = 'paid'
        return result

    def action_decide(self):
        """Keep what the rules give each customer today: the verdicts of these orders."""
        self.check_access('write')
        self._refuse_where(
            lambda order: not order.warranty_id,
            self.env._("Without a warranty card there is nothing to decide; enter the card first"))
        self._record_decisions(self._judge_remedies())
        return True

    def _record_decisions(self, claims):
        """Keep what was decided about these orders, and return the verdicts.

        The caller checked the right to decide.
        """
        return self.env['aftersales.verdict']._record_batch([
            (order.warranty_id, decision, order, facts)
            for order, (facts, decision) in claims.items()])

    def action_view_exclusions(self):
        """Show the grounds on which these orders are kept out of the warranty.

        Where none is proposed yet, the form of a new one opens.
        """
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_order_exclusion_action')
        action.update(
            domain=[('order_id', 'in', self.ids)],
            context={'default_order_id': self.id if len(self) == 1 else False})
        if not self.env['aftersales.order.exclusion'].search_count(action['domain'], limit=1):
            action.update(views=[(False, 'form')])
        return action

    def _get_printed_verdict(self):
        """Return the clauses that fired, in the reader's words: what the papers print.

        What was decided and kept is printed as it was said; else what the rules give on
        the day of the report.
        """
        self.ensure_one()
        self.check_access('read')
        # check_access above: the verdict belongs to the order
        order = self.sudo()
        if not order.warranty_id:
            return []
        verdict = order.verdict_ids.sorted('id')[-1:]
        words = verdict._get_words() if verdict else (
            order.env['aftersales.verdict']._format_decision(
                order._decide()[order], order.currency_id, order.cover_state == 'covered'))
        lines = words['exclusions'] or words['remedies']
        return [line['text'] for line in lines] or [words['summary']]

    def _get_cover_check(self, kind, component=None):
        if self.is_excluded and self.charge_kind not in ('contract', 'goodwill'):
            return LineCover.refused('excluded')
        return super()._get_cover_check(kind, component)

    def _is_quality_repair(self):
        """Count what is excluded as damage by the user."""
        return not self.is_excluded and super()._is_quality_repair()

    def _get_exclusion_articles(self):
        """Return ``{order: articles of its approved exclusions}`` in the reader's language."""
        # the caller checked read access to the orders: readers may know why the customer pays
        approved = self.filtered('is_excluded').sudo().exclusion_ids.filtered(
            lambda exclusion: exclusion.state == 'approved')
        articles = {}
        for exclusion in approved:
            articles.setdefault(exclusion.order_id, []).append(exclusion._get_article())
        return {order: tuple(articles.get(order, ())) for order in self}

    def _set_excluded(self):
        """Make the orders paid while an exclusion is approved, and free of it otherwise.

        Called when a team lead decided; the lines of parts and labour follow.
        """
        for order in self.sudo():
            is_excluded = 'approved' in order.exclusion_ids.mapped('state')
            if is_excluded != order.is_excluded:
                order.is_excluded = is_excluded
                is_free = order.cover_state == 'covered' or order.is_repeat
                order.charge_kind = 'free' if is_free and not is_excluded else 'paid'
                order.part_ids._judge_aftersales_cover()

    def _ensure_open_for_verdict(self):
        """Refuse to change who pays once the work is done: it was accepted as it was."""
        done = self.filtered('date_done')
        if done:
            raise UserError(self.env._(
                "The work is done; who pays for it is decided: %(orders)s",
                orders=done.mapped('name')))
