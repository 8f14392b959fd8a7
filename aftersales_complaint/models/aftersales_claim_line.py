from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

KINDS = [
    ('labour', "Labour"), ('part', "Part"), ('visit', "Visit"), ('freight', "Freight"),
    ('goods', "Goods"), ('compensation', "Compensation"), ('other', "Other")]
DECISIONS = [
    ('pending', "To Decide"), ('approved', "Approved"), ('reduced', "Reduced"),
    ('refused', "Refused")]
_CLOSED = ('agreed', 'settled', 'refused', 'cancelled')


class AftersalesClaimLine(models.Model):
    """One item of a claim: what is asked for it, what is approved, and why not all of it."""

    _name = 'aftersales.claim.line'
    _description = "Claim Line"
    _inherit = [
        'aftersales.guard.mixin', 'aftersales.legal.hold.part.mixin', 'aftersales.protected.mixin']
    _order = 'claim_id, sequence, id'
    _check_company_auto = True
    _hold_field = 'claim_id'

    claim_id = fields.Many2one(
        'aftersales.claim', required=True, index=True, ondelete='cascade', protected='after',
        link_access='write')
    company_id = fields.Many2one(
        related='claim_id.company_id', store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    sequence = fields.Integer(default=10)
    kind = fields.Selection(KINDS, required=True, default='other')
    name = fields.Char(string="Description", required=True)
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', ondelete='restrict',
        check_company=True, link_access='read',
        help="The warranty work that an outlet claims for.")
    product_id = fields.Many2one(
        'product.product', index='btree_not_null', ondelete='restrict', check_company=True)
    serial = fields.Char(string="Serial Number")
    quantity = fields.Float(default=1.0, digits='Product Unit')
    amount_asked = fields.Monetary(string="Claimed", required=True)
    decision = fields.Selection(DECISIONS, required=True, default='pending', copy=False)
    amount_approved = fields.Monetary(
        string="Approved", compute='_compute_amount_approved', store=True, readonly=False,
        precompute=True, copy=False)
    reason = fields.Char(copy=False, help="Why not all of it. The other party reads it.")

    _numbers_positive = models.Constraint(
        'CHECK(amount_asked >= 0 AND amount_approved >= 0 AND quantity > 0)',
        "Amounts of a claim cannot be negative, and its quantity is above zero.")
    _approved_not_more = models.Constraint(
        'CHECK(amount_approved <= amount_asked)',
        "No more can be approved than is asked for.")

    @api.depends('decision', 'amount_asked')
    def _compute_amount_approved(self):
        for line in self:
            if line.decision == 'approved':
                line.amount_approved = line.amount_asked
            elif line.decision != 'reduced':
                line.amount_approved = 0.0
            else:
                line.amount_approved = min(line.amount_approved, line.amount_asked)

    @api.constrains('decision', 'amount_approved', 'amount_asked')
    def _check_approved(self):
        for line in self:
            approved, asked = line.amount_approved, line.amount_asked
            if (line.decision == 'reduced' and not 0 < approved < asked) or (
                    line.decision == 'approved' and approved != asked) or (
                    line.decision in ('pending', 'refused') and approved):
                raise ValidationError(self.env._(
                    "“%(line)s”: choose “Reduced” and enter less than is asked for, or approve "
                    "or refuse the whole line.", line=line.name))

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._ensure_draft()
        return lines

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self._ensure_draft()

    def _ensure_draft(self):
        if not self.env.su:
            self._refuse_where(
                lambda line: line.claim_id.state != 'draft', self._get_locked_message())

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        if self.claim_id.state == 'draft':
            return locked
        if self.claim_id.state in _CLOSED:
            return self._get_all_but()
        # what was asked for stays, what is approved is decided
        return locked | self._get_all_but('decision', 'amount_approved', 'reason', 'sequence')

    def _get_locked_message(self):
        return self.env._("What was claimed and agreed on stays as it is")

    # === RULES === #

    def _ensure_reasons(self):
        """Refuse to give less than is asked for without a reason."""
        self._refuse_where(
            lambda line: line.decision in ('reduced', 'refused') and not (
                line.reason or '').strip(),
            self.env._("Give the reason for each line that is not approved in full"))

    def _ensure_claimed_once(self):
        """Refuse work of an outlet that another of its claims, or line, asks for already."""
        lines = self.filtered(lambda line: line.order_id and line.claim_id.kind == 'outlet')
        seen = {}
        # claims that the user may not read count too; the message names their number only
        for line in self.sudo().search([
                ('order_id', 'in', lines.order_id.ids), ('claim_id.kind', '=', 'outlet'),
                ('claim_id.state', 'not in', ('draft', 'refused', 'cancelled'))]):
            seen[line._get_work()] = line.claim_id
        for line in lines:
            other = seen.get(line._get_work())
            if other and other != line.claim_id:
                raise UserError(self.env._(
                    "“%(line)s” of order %(order)s is claimed already, in %(claim)s.",
                    line=line.name, order=line.order_id.name, claim=other.name))
            if other is None:
                seen[line._get_work()] = line.claim_id
        keys = [(line.claim_id, line._get_work()) for line in lines]
        if len(keys) != len(set(keys)):
            raise UserError(self.env._(
                "The same work of one order is on the claim twice: take one of the lines away."))

    def _get_work(self):
        """Return what is claimed once: the kind of work, and the part, of one order."""
        self.ensure_one()
        return self.order_id.id, self.kind, self.product_id.id, self.kind == 'other' and self.name

    def _prepare_move_line_vals(self):
        """Return the values of the invoice line of one approved line."""
        self.ensure_one()
        return {
            'name': " · ".join(filter(None, [self.name, self.order_id.sudo().name, self.serial])),
            'quantity': 1.0, 'price_unit': self.amount_approved, 'tax_ids': [
                fields.Command.clear()]}
