from odoo import api, models

from ...tools.line_cover import customer_price
from ...tools.warranty import COMPONENT, LABOUR, TRAVEL

# the most services that a phone offers
PRICE_LIST = 60


class AftersalesOrder(models.Model):
    """Prices before there is a quotation: those of the customer's price list, with taxes.

    They are a proposal. The quotation is made by core, and its figures count.
    """

    _inherit = 'aftersales.order'

    @api.model
    def _get_labour_products(self, company):
        """Return the services that technicians of ``company`` offer, what a trip costs first.

        What extends a warranty or lowers a price is no work. Hook: called on the model by the
        phone's data and its action *labour*, as superuser in the name of the phone's user, for one
        company, before prices are computed. Raises nothing.
        """
        domain = [('type', '=', 'service'), ('sale_ok', '=', True),
                  ('company_id', 'in', [False, *company.parent_ids.ids]),
                  ('aftersales_extension_months', '=', 0),
                  ('aftersales_extension_policy_id', '=', False),
                  ('id', '!=', company.sale_discount_product_id.id)]
        products = self.env['product.product']
        services = products.search(
            [*domain, ('is_aftersales_labour', '=', True)], limit=PRICE_LIST) or (
            products.search(domain, limit=PRICE_LIST))
        services |= company.aftersales_trip_service_id
        return services.sorted(lambda service: (not service.is_aftersales_travel, service.name))

    def _get_price_terms(self):
        """Return what a price depends on: price list, fiscal position, currency, company."""
        self.ensure_one()
        # as core will quote; nothing is written
        quotation = self.env['sale.order'].new(
            {name: value for name, value in self._prepare_quotation_vals().items()
             if name != 'order_line'})
        return (quotation.pricelist_id._origin, quotation.fiscal_position_id._origin,
                quotation.currency_id._origin, self.company_id)

    @api.model
    def _compute_unit_prices(self, products, terms):
        """Return ``{product: (untaxed, with taxes)}`` of one unit, before any cover."""
        pricelist, position, currency, company = terms
        products = products.with_company(company)
        prices = (pricelist._get_products_price(products, 1.0, currency=currency)
                  if pricelist else {product.id: product.lst_price for product in products})
        units = {}
        for product in products:
            taxes = position.map_tax(product.taxes_id._filter_taxes_by_company(company))
            amounts = taxes.with_context(round=False).compute_all(
                prices[product.id], currency=currency, product=product)
            units[product] = (amounts['total_excluded'], amounts['total_included'])
        return units

    def _get_share(self, product, kind):
        """Return how much of ``product`` the order's cover bears, in per cent."""
        return self._get_cover_check(kind, product).percent if kind == COMPONENT else (
            self._get_cover_check(kind).percent)

    def _prepare_price_choices(self, products, units, kind=None):
        """Return what the phone needs to price each of ``products`` on this order.

        Hook: called by ``_prepare_mobile_order``, as superuser, for one order, when the phone reads
        its data in a read-only transaction. Raises nothing.

        :param units: ``{product: (untaxed, with taxes)}``, see ``_compute_unit_prices``
        :param kind: what the products are (a part); by default each is labour or a trip
        """
        self.ensure_one()
        shares, choices = {}, []
        for product in products:
            line_kind = kind or (TRAVEL if product.is_aftersales_travel else LABOUR)
            key = product if line_kind == COMPONENT else line_kind
            if key not in shares:
                shares[key] = self._get_share(product, line_kind)
            untaxed, total = units[product]
            choices.append({
                'id': product.id,
                'name': product.display_name,
                'is_trip': line_kind == TRAVEL,
                'untaxed': customer_price(untaxed, shares[key]),
                'total': customer_price(total, shares[key]),
                **(self._get_work_shares(product) if line_kind == COMPONENT else {
                    'full': [untaxed, total]}),
            })
        return choices

    def _get_work_shares(self, part):
        """Return how much of labour and trip is covered once ``part`` is fitted, in per cent.

        Only for a main part: the work that fits it is free as long as the part is. Without network
        the phone prices by this what is added after it.
        """
        return {} if not part.aftersales_main_part_id else {'work_shares': {
            kind: self._get_cover_check(kind, part).percent for kind in (LABOUR, TRAVEL)}}

    # === THE LINES OF THE PRICE === #

    def _get_price_lines(self, units):
        """Return what the customer pays for, one dict a line: as quoted, else as proposed.

        Hook: called by ``_prepare_mobile_order``, as superuser, for one order, when the phone reads
        its data in a read-only transaction. Raises nothing.

        :param units: unit prices of what is not quoted, see ``_compute_unit_prices``
        """
        self.ensure_one()
        sales = self._get_priced_sales()
        has_fixed_price = any(
            sale.state == 'sale' and not sale._has_lines_of_work() for sale in sales)
        quoted = sales.order_line.filtered(
            lambda line: not line.display_type and not line.is_downpayment
            and line.product_uom_qty)
        lines = [line._prepare_mobile_price() for line in quoted]
        return lines if has_fixed_price else lines + [
            self._prepare_proposed_line(labour, labour.cover_percent, labour.quantity, units)
            | labour._prepare_mobile_work(units) for labour in self._get_unquoted_labour()] + [
            self._prepare_proposed_line(
                move, move.aftersales_cover_percent, move.product_uom_qty, units)
            for move in self._get_unquoted_moves()]

    @api.model
    def _prepare_proposed_line(self, line, percent, quantity, units):
        untaxed, total = units.get(line.product_id, (line.product_id.lst_price,) * 2)
        return {
            'key': f'{line._name},{line.id}',
            'name': line.product_id.display_name,
            'quantity': quantity,
            'untaxed': customer_price(untaxed, percent) * quantity,
            'total': customer_price(total, percent) * quantity,
            'is_quoted': False,
        }
