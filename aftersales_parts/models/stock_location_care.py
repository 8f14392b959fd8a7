from datetime import timedelta

from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from .roles import STOREKEEPER

# how many parts an activity names
NAMED_PARTS = 20
# days to do a round
ROUND_DAYS = 14


class StockLocation(models.Model):
    """Rounds of care: a location gets an activity when its parts are due for protection.

    Metal is checked for rust and oiled, and parts with a shelf life are looked through before they
    are too old. The activity names the parts; who ends it did the round.
    """

    _name = 'stock.location'
    _inherit = ['stock.location', 'mail.thread', 'mail.activity.mixin']

    storage_hint = fields.Char(
        translate=True, help="How parts are stored here, such as humidity up to 60 % or nothing "
                             "above 40 kg on racks; shown on the label of the location.")
    date_rust_check = fields.Date(string="Next Rust Check", copy=False)
    date_rust_oil = fields.Date(string="Next Oiling", copy=False)
    date_shelf_check = fields.Date(string="Next Shelf Life Check", copy=False)

    @api.model
    def _cron_plan_care(self):
        """Plan the rounds that are due, one committed location at a time."""
        today, cron = fields.Date.context_today(self), self.env['ir.cron']
        due = Domain.OR(
            Domain(f'location_id.{name}', '=', False)
            | Domain(f'location_id.{name}', '<=', today)
            for name in ('date_rust_check', 'date_rust_oil', 'date_shelf_check'))
        places = self.env['stock.quant']._read_group(
            due & Domain('location_id.usage', '=', 'internal') & Domain('quantity', '>', 0)
            & Domain('product_id.is_spare_part', '=', True), ['location_id'], ['id:recordset'])
        cron._commit_progress(remaining=len(places))
        for location, quants in places:
            location._plan_care(quants, today)
            if not cron._commit_progress(1):
                break

    def _plan_care(self, quants, today):
        """Plan each round that is due in one location, for the spare parts that lie there."""
        self.ensure_one()
        company = self.company_id or self.env.company
        policy = self.env['aftersales.part.policy']._get_policy(company)
        bare = quants.filtered(lambda quant: quant.product_id.rust_class == 'bare')
        coated = quants.filtered(lambda quant: quant.product_id.rust_class == 'coated')
        if self._is_due(self.date_rust_oil, today):
            self._plan_round('rust_oil', bare, today)
            self.date_rust_oil = today + relativedelta(months=policy.rust_oil_months)
        if self._is_due(self.date_rust_check, today):
            self._plan_round('rust_check', bare | coated, today)
            self.date_rust_check = today + relativedelta(months=policy.rust_check_months)
        if self._is_due(self.date_shelf_check, today):
            last_day = today + timedelta(days=policy.shelf_life_days)
            self._plan_round('shelf_check', quants.filtered(
                lambda quant: quant._get_shelf_end() and quant._get_shelf_end() <= last_day), today)
            self.date_shelf_check = today + relativedelta(months=1)

    @api.model
    def _is_due(self, day, today):
        return not day or day <= today

    def _plan_round(self, kind, quants, today):
        """Give one location the activity of a round, unless there is nothing to care for."""
        self.ensure_one()
        if not quants:
            return
        keeper = self._get_care_user()
        localized, quants = (
            records.with_context(lang=keeper.lang) for records in (self, quants))
        lines = [
            f"{product.display_name}: {sum(same.mapped('quantity')):g}"
            + (f" ({product.storage_hint})" if product.storage_hint else "")
            for product, same in [*quants.grouped('product_id').items()][:NAMED_PARTS]]
        rest = len(quants.product_id) - len(lines)
        if rest > 0:
            lines.append(localized.env._("and %(count)s more parts", count=rest))
        localized.activity_schedule(
            f'aftersales_parts.mail_activity_type_{kind}', today + timedelta(days=ROUND_DAYS),
            user_id=keeper.id,
            note=Markup("<ul>%s</ul>") % Markup().join(
                Markup("<li>%s</li>") % line for line in lines))

    def _get_care_user(self):
        """Return who cares for the parts of this location: the van's technician, a storekeeper.

        Hook: called for rounds of care, as superuser, for one location. Raises nothing: without a
        storekeeper it is the current user.
        """
        self.ensure_one()
        keepers = self.env.ref(STOREKEEPER).all_user_ids.filtered(
            lambda user: not user.share and (
                not self.company_id or self.company_id in user.company_ids))
        return self.aftersales_technician_id or keepers.sorted('id')[:1] or self.env.user
