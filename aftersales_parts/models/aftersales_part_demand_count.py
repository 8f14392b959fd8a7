from collections import Counter

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.aftersales_service.tools.timezone import day_bounds

# how the moves of a month are grouped: part, unit, place, outlet, machine of the order or repair
_GROUPS = (
    'product_id', 'product_uom', 'location_id', 'aftersales_order_id.outlet_id',
    'aftersales_order_id.product_id', 'repair_id.product_id')
# a part may have been missing so long before it was used
_WAIT_MONTHS = 12


class AftersalesPartDemand(models.Model):
    """The count: done parts of repairs become rows, a month of a company at a time."""

    _inherit = 'aftersales.part.demand'

    @api.model
    def action_count(self):
        """Let the count begin now."""
        self.check_access('write')
        # the right was checked above
        self.env.ref('aftersales_parts.ir_cron_part_demand').sudo()._trigger()
        return {
            'type': 'ir.actions.client', 'tag': 'display_notification',
            'params': {'type': 'info', 'message': self.env._(
                "The count of the demand has begun. Its months appear one after the other.")}}

    @api.model
    def action_count_again(self):
        """Count all months again, such as after a supersession was deleted."""
        self.check_access('write')
        # the right was checked above; only how far the count is, is forgotten
        self.env.companies.sudo().aftersales_demand_month = False
        return self.action_count()

    @api.model
    def _cron_count(self):
        """Count the months that are not counted yet; each is committed, and a kill loses none.

        The running month is counted at each run, and once more when it is over.
        """
        cron = self.env['ir.cron']
        companies = self.env['res.company'].search([('active', '=', True)])
        companies._follow_supersessions()
        months = [(company, month) for company in companies
                  for month in company._get_uncounted_months()]
        cron._commit_progress(remaining=len(months))
        for company, month in months:
            self._count_month(company, month)
            self.env.invalidate_all()
            if not cron._commit_progress(1):
                break  # out of time: the next run goes on

    @api.model
    def _count_month(self, company, month):
        """Replace what is known of the repairs of a month; called by the cron as superuser."""
        self.search([
            ('company_id', '=', company.id), ('month', '=', month), ('source', '=', 'repair'),
        ]).unlink()
        following = month + relativedelta(months=1)
        domain = self._get_used_domain(company, month, following)
        rows = {}
        for group, (quantity, lines) in self._read_used(domain).items():
            rows[group] = [quantity, lines, lines]
        for group, (__, lines) in self._read_used(
                domain & self._get_waited_domain(company, following)).items():
            rows[group][2] -= lines
        targets = self._find_targets(self.env['product.product'].union(
            *(group[0] for group in rows)))
        self.create([
            {'company_id': company.id, 'month': month, 'source': 'repair',
             'asked_product_id': asked.id, 'product_id': product.id, 'location_id': location.id,
             'outlet_id': outlet.id, 'machine_id': machine.id, 'asked_quantity': quantity,
             'quantity': quantity * factor, 'line_count': lines, 'at_once_count': at_once}
            for (asked, location, outlet, machine), (quantity, lines, at_once) in rows.items()
            for product, factor in targets.get(asked, {asked: 1.0}).items()])
        if following <= company._get_aftersales_day(fields.Datetime.now()):
            company.aftersales_demand_month = month

    @api.model
    def _get_used_domain(self, company, month, following):
        """Return the domain of the moves of parts that repairs used in a month of a company."""
        zone = company._get_aftersales_zone()
        return (
            Domain('company_id', '=', company.id) & Domain('repair_line_type', '=', 'add')
            & Domain('state', '=', 'done') & Domain('product_id.is_storable', '=', True)
            & Domain('date', '>=', day_bounds(month, zone)[0])
            & Domain('date', '<', day_bounds(following, zone)[0]))

    @api.model
    def _get_waited_domain(self, company, following):
        """Return the domain of the used parts that were not there when they were asked for.

        Orders that were on hold because a part was missing: their parts count as asked, but not
        as filled at once.

        Hook: called by the count of a month, as superuser, on the model, for one company; the
        domain is of ``stock.move``. A module that knows the wait of each line narrows it down.
        Raises nothing.
        """
        waited = self.env['aftersales.clock.pause']._read_group([
            ('res_model', '=', 'aftersales.order'), ('company_id', '=', company.id),
            ('reason_id.is_part_wait', '=', True),
            ('date_start', '>=', following - relativedelta(months=_WAIT_MONTHS)),
            ('date_start', '<', following)], ['res_id'])
        return Domain('aftersales_order_id', 'in', [order_id for order_id, in waited])

    @api.model
    def _read_used(self, domain):
        """Return ``{(part, place, outlet, machine model): (quantity, lines)}`` of moves."""
        used = Counter()
        lines = Counter()
        for product, uom, place, outlet, unit, repaired, quantity, count in (
                self.env['stock.move']._read_group(
                    domain, _GROUPS, ['quantity:sum', '__count'])):
            group = product, place, outlet, (unit or repaired).product_tmpl_id
            used[group] += uom._compute_quantity(quantity, product.uom_id, round=False)
            lines[group] += count
        return {group: (used[group], lines[group]) for group in used}
