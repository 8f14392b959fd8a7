from odoo import api, fields, models
from odoo.tools import clean_context


class AftersalesCreditMixin(models.AbstractModel):
    """A record by which somebody gets money back: by a credit note, left as a draft.

    The model says what is credited (``_prepare_credit_vals``), and its button asks first
    whether it is owed and whether the user may; posting is the accountant's. A credit note
    that was cancelled counts for nothing.
    """

    _name = 'aftersales.credit.mixin'
    _description = "Record with a Credit Note"
    _inherit = 'aftersales.protected.mixin'

    credit_id = fields.Many2one(
        'account.move', string="Credit Note", readonly=True, copy=False,
        index='btree_not_null',
        groups='account.group_account_invoice,account.group_account_readonly', protected=True)
    has_credit = fields.Boolean(
        string="Credited", compute='_compute_has_credit', compute_sudo=True)

    @api.depends('credit_id.state')
    def _compute_has_credit(self):
        for record in self:
            record.has_credit = bool(record.credit_id) and record.credit_id.state != 'cancel'

    def action_view_credit(self):
        """Show the credit notes of these records."""
        return self.credit_id._get_records_action(name=self.env._("Credit Notes"))

    # === RULES === #

    def _create_credits(self):
        """Draft the credit notes of these records, which the caller found to be owed."""
        # the caller checked that it is owed; who decides has no rights on invoices
        records = self.sudo()
        credits = self.env['account.move'].sudo().with_context(
            clean_context(self.env.context),
        ).create([record._prepare_credit_vals() for record in records])
        for record, credit in zip(records, credits, strict=True):
            record.credit_id = credit

    def _prepare_credit_vals(self):
        """Return the values of the credit note of one record."""
        raise NotImplementedError
