from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.serial_range import read_serial_vals
from ...tools.warranty import WHOLE_UNIT


class AftersalesWarranty(models.Model):
    """Cards of units sold earlier: owner, serial number, dates.

    Cards typed or imported name the owner by phone; the owner is found by the number in full
    before one is made, and the number on the unit finds its record in stock.
    """

    _name = 'aftersales.warranty'
    _inherit = ['aftersales.import.mixin', 'aftersales.warranty']

    owner_phone = fields.Char(
        string="Owner's Phone", store=False,
        help="For imports: the owner is found by this number, or made.")
    owner_name = fields.Char(
        string="Owner's Name", store=False, help="For imports: the name of a new owner.")

    date_end_known = fields.Date(
        string="Known Warranty End", copy=False, tracking=True,
        help="For units sold earlier: the last day of the warranty as it was promised then. It "
             "takes the place of the policy's term for the whole unit.")

    @api.constrains('date_end_known', 'date_start', 'policy_id')
    def _check_known_end(self):
        for card in self.filtered('date_end_known'):
            if not card.policy_id or not card.date_start:
                raise ValidationError(self.env._(
                    "The warranty of the unit is known to end on %(day)s, but not its policy or "
                    "its first day: give the product a policy, and the card a date of delivery "
                    "or invoice.", day=card.date_end_known))
            if card.date_end_known < card.date_start:
                raise ValidationError(self.env._(
                    "The warranty cannot end on %(day)s, before it starts on %(start)s.",
                    day=card.date_end_known, start=card.date_start))

    @api.constrains('delivery_date', 'invoice_date', 'installation_date')
    def _check_installed_after_sale(self):
        for card in self:
            sold = card._get_sale_date()
            if sold and card.installation_date and card.installation_date < sold:
                raise ValidationError(self.env._(
                    "The unit was sold on %(sold)s; it cannot have been installed on "
                    "%(installed)s already.", sold=sold, installed=card.installation_date))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [read_serial_vals(vals) for vals in vals_list]
        self._fill_owners(vals_list)
        self._fill_lots(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        return super().write(read_serial_vals(vals))

    # === RULES === #

    @api.model
    def _get_cover_fields(self):
        return super()._get_cover_fields() | {'date_end_known'}

    def _get_sale_date(self):
        """Return the day on which the unit was handed over or invoiced, the earlier one."""
        return min(filter(None, [self.delivery_date, self.invoice_date]), default=None)

    @api.model
    def _fill_owners(self, vals_list):
        """Find or make the owners given by phone or name, all at once."""
        named = [vals for vals in vals_list if not vals.get('partner_id') and (
            vals.get('owner_phone') or vals.get('owner_name'))]
        owners = self.env['res.partner']._get_or_create_imported([
            {'name': vals.get('owner_name'), 'phone': vals.get('owner_phone')} for vals in named])
        for vals, owner in zip(named, owners, strict=True):
            vals['partner_id'] = owner.id

    @api.model
    def _fill_lots(self, vals_list):
        """Link the serial numbers that stock knows, with one search."""
        bare = [vals for vals in vals_list if vals.get('serial') and not vals.get('lot_id')]
        if not bare:
            return
        companies = {vals.get('company_id') or self.env.company.id for vals in bare}
        # create checks the right to the card, which includes the link to its unit
        lots = self.env['stock.lot'].sudo().search_fetch(
            [('name', 'in', [vals['serial'] for vals in bare]),
             ('product_id', 'in', [vals.get('product_id') for vals in bare]),
             ('company_id', 'in', [False, *companies])], ['name', 'product_id', 'company_id'])
        known = {(lot.name, lot.product_id.id): lot for lot in lots}
        for vals in bare:
            lot = known.get((vals['serial'], vals.get('product_id')))
            if lot and lot.company_id.id in (
                    False, vals.get('company_id') or self.env.company.id):
                vals['lot_id'] = lot.id

    def _prepare_cover_vals(self, promise):
        """Let the cover of the whole unit end on the day that is known."""
        vals = super()._prepare_cover_vals(promise)
        if self.date_end_known and promise['kind'] == WHOLE_UNIT:
            day = max(self.date_end_known, vals['date_start'])
            vals |= {'date_end_promised': day, 'date_end': day}
        return vals

    @api.model
    def _get_text_numbers(self):
        return super()._get_text_numbers() | {'owner_phone'}

    @api.model
    def _get_import_example(self):
        return {
            'id': "card_0001", 'product_id': "Air Conditioner", 'serial': "AC-0001",
            'owner_name': "Li Na", 'owner_phone': "+86 138 0013 8000",
            'delivery_date': "2026-01-10", 'invoice_date': "2026-01-08",
            'installation_date': "2026-01-12", 'date_end_known': "2027-01-10",
        }
