from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command, Domain

from odoo.addons.aftersales_complaint.models.roles import AGENT
from odoo.addons.aftersales_parts.models.roles import STOREKEEPER

DROPPED = ('refused', 'cancelled')


class AftersalesSupplierClaimMixin(models.AbstractModel):
    """A record of bad goods that their supplier is asked to pay for.

    Storekeepers and planners write the claim; the complaint desk decides on it. Goods are claimed
    once: a refused or withdrawn claim sets them free.
    """

    _name = 'aftersales.supplier.claim.mixin'
    _description = "Goods Claimed from a Supplier"
    _inherit = 'aftersales.guard.mixin'

    _claim_field = None  # of the lines of claims: the goods

    claim_line_ids = fields.One2many(
        'aftersales.claim.line', string="Lines of Claims", readonly=True, groups=AGENT)
    is_claimed = fields.Boolean(
        compute='_compute_is_claimed', compute_sudo=True, search='_search_is_claimed')
    is_claimable = fields.Boolean(compute='_compute_is_claimable')

    @api.depends('claim_line_ids.claim_id.state')
    def _compute_is_claimed(self):
        # storekeepers see whether goods are claimed, not the claim
        lines = self.claim_line_ids.filtered(lambda line: line.claim_id.state not in DROPPED)
        claimed = lines[self._claim_field]
        for record in self:
            record.is_claimed = record in claimed

    @api.model
    def _search_is_claimed(self, operator, value):
        if operator != 'in':
            return NotImplemented
        claimed = Domain('id', 'in', self.sudo()._search(  # as the compute reads it
            [('claim_line_ids.claim_id.state', 'not in', DROPPED)]))
        return claimed if True in value else ~claimed

    @api.depends('is_claimed')
    def _compute_is_claimable(self):
        for record in self:
            record.is_claimable = not record.is_claimed and bool(record._get_claimed_quantity())

    # === ACTIONS === #

    def action_claim(self):
        """Write a draft claim on each supplier for the selected goods; return what to show.

        :raise AccessError: the user neither keeps the store nor handles claims
        :raise UserError: goods that are good, claimed already, or of no known supplier
        """
        self.check_access('read')
        if not any(map(self.env.user.has_group, (STOREKEEPER, AGENT))):
            raise AccessError(self.env._("Storekeepers and agents claim from suppliers."))
        self._refuse_where(
            lambda record: not record._get_claimed_quantity(),
            self.env._("Only rejected and failed goods are claimed"))
        self._refuse_where(
            'is_claimed', self.env._("These goods are claimed already"))
        self._refuse_where(
            lambda record: not record._get_claim_supplier(),
            self.env._("Enter the supplier first"))
        # role and goods were checked; storekeepers have no right on claims
        claims = self.env['aftersales.claim'].sudo().create([
            records._prepare_claim_vals(company, supplier)
            for (company, supplier), records in self.grouped(
                lambda record: (record.company_id, record._get_claim_supplier())).items()])
        self._copy_photos(claims)
        return self._show_claims(claims.sudo(False))

    def action_view_claims(self):
        """Open the claims for these goods."""
        return self.claim_line_ids.claim_id._get_records_action(
            name=self.env._("Claims and Recovery"))

    # === THE CLAIM === #

    def _get_claimed_quantity(self):
        """Return how many pieces of this record the supplier answers for; zero for none."""
        raise NotImplementedError

    def _get_claim_supplier(self):
        """Return the partner who answers for the goods of this record, as superuser."""
        raise NotImplementedError

    def _get_claim_basis(self):
        """Return in one line what is wrong with the goods of this record."""
        raise NotImplementedError

    def _prepare_claim_line_vals(self):
        """Return the values of the claim's line for this record; models add price and serial."""
        self.ensure_one()
        return {
            self._claim_field: self.id, 'kind': 'part', 'product_id': self.product_id.id,
            'name': self.product_id.display_name, 'quantity': self._get_claimed_quantity()}

    def _prepare_claim_vals(self, company, supplier):
        """Return the values of the claim on one supplier, for goods of one company."""
        user = self.env.user
        return {
            'kind': 'supplier', 'partner_id': supplier.id, 'company_id': company.id,
            'user_id': user.id if user.has_group(AGENT) else False,
            'basis': "\n".join(record._get_claim_basis() for record in self),
            'line_ids': [Command.create(record._prepare_claim_line_vals()) for record in self]}

    def _copy_photos(self, claims):
        """Give each claim copies of the photos of its goods."""
        for claim in claims:
            for photo in claim.line_ids[self._claim_field].photo_ids:
                claim.photo_ids |= photo.copy({'res_model': claim._name, 'res_id': claim.id})

    def _show_claims(self, claims):
        readable = claims._filtered_access('read')
        if readable:
            return readable._get_records_action(name=self.env._("Claims and Recovery"))
        return {'type': 'ir.actions.client', 'tag': 'display_notification', 'params': {
            'type': 'success', 'next': {'type': 'ir.actions.client', 'tag': 'soft_reload'},
            'message': self.env._(
                "%(claims)s: the complaint desk sends it to the supplier.",
                claims=", ".join(claims.sudo().mapped('name')))}}
