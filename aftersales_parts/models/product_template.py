from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.aftersales_service.tools.initials import pinyin_initials

from .roles import PLANNER


class ProductTemplate(models.Model):
    """A spare part: what fits which machines, how critical it is, how it is kept.

    The part number is core's internal reference; old numbers are those of the parts that this one
    replaces. Stock, suppliers, prices and lead times are core's.
    """

    _inherit = 'product.template'

    is_spare_part = fields.Boolean(
        string="Spare Part", index=True,
        help="It is planned, requested, inspected and classified as a spare part.")
    criticality = fields.Selection(
        [('vital', "Vital"), ('essential', "Essential"), ('desirable', "Desirable")],
        default='desirable',
        help="Vital: without it the machine stands still or is unsafe. Essential: it works badly. "
             "Desirable: all else. The target service level follows from it.")
    part_phase = fields.Selection(
        [('introduction', "Introduction"), ('growth', "Growth"), ('mature', "Mature"),
         ('decline', "Decline"), ('last_buy', "Last Buy"), ('obsolete', "Obsolete")],
        string="Phase", default='mature',
        help="Where the part stands in its life. An obsolete part is not stocked any more.")
    keep_until = fields.Date(
        string="Keep Available until",
        help="The last day on which customers can count on this part: by law, years after the end "
             "of production of the machines it fits.")
    date_last_order = fields.Date(
        string="Last Order Date",
        help="The last day on which the supplier takes an order. The planner gets an activity "
             "in good time before it.")
    is_repairable = fields.Boolean(
        string="Repairable", help="Old parts come back, are repaired and stocked again.")
    core_deposit = fields.Monetary(
        help="What the customer gets back for the old part of a paid repair.")
    shelf_life_months = fields.Integer(
        string="Shelf Life (Months)", help="How long it keeps in store. 0: without limit.")
    rust_class = fields.Selection(
        [('none', "Does Not Rust"), ('coated', "Coated or Packed"), ('bare', "Bare Metal")],
        string="Rust Protection", default='none',
        help="Bare metal is oiled again and checked in rounds; coated or packed parts are checked.")
    storage_hint = fields.Char(
        translate=True, help="How it is stored, such as dry, upright or apart from others; shown "
                             "on its label and at its location.")
    is_hazardous_waste = fields.Boolean(
        string="Hazardous Waste",
        help="Batteries, boards and oil: old parts of it are never destroyed on site, they go to a "
             "licensed recycler.")
    has_last_buy_activity = fields.Boolean(
        compute='_compute_has_last_buy_activity', store=True, readonly=False, copy=False)
    # of machines
    production_end_date = fields.Date(
        string="End of Production",
        help="Its parts are kept available for some years after this day.")
    exploded_image = fields.Image(
        string="Exploded Picture", max_width=1920, max_height=1920,
        help="A picture with numbered positions; the parts beside it name the same numbers.")
    machine_fit_ids = fields.One2many('aftersales.part.fit', 'machine_id', string="Parts")
    # smart buttons
    fit_count = fields.Integer(string="Machines", compute='_compute_part_counts')
    machine_fit_count = fields.Integer(string="Parts of It", compute='_compute_part_counts')
    supersession_count = fields.Integer(
        string="Old and New Numbers", compute='_compute_part_counts')
    part_class = fields.Char(string="Class", compute='_compute_part_class')

    search_initials = fields.Char(
        string="Pinyin Initials", compute='_compute_search_initials', store=True, readonly=False,
        index='trigram',
        help="The first letters of the Chinese name, such as YSJ for 压缩机: typing them finds the "
             "part. Correct them where a character is read in another way.")

    _core_deposit_valid = models.Constraint(
        'CHECK(core_deposit >= 0 AND shelf_life_months >= 0)',
        "Neither a deposit nor a shelf life can be negative.")

    @api.depends('date_last_order')
    def _compute_has_last_buy_activity(self):
        """Another last day asks for another activity."""
        self.has_last_buy_activity = False

    def _compute_part_counts(self):
        fit = self.env['aftersales.part.fit']
        parts = dict(fit._read_group(
            [('product_id.product_tmpl_id', 'in', self.ids)], ['product_id'], ['__count']))
        machines = dict(fit._read_group(
            [('machine_id', 'in', self.ids)], ['machine_id'], ['__count']))
        rows = self.env['aftersales.part.supersession'].search(self._get_supersession_domain())
        for template in self:
            variants = template.product_variant_ids
            template.fit_count = sum(parts.get(product, 0) for product in variants)
            template.machine_fit_count = machines.get(template._origin, 0)
            template.supersession_count = len(rows.filtered(
                lambda row, variants=variants: row.old_product_id in variants
                or row.product_id in variants))

    def _get_supersession_domain(self):
        return ['|', ('old_product_id.product_tmpl_id', 'in', self.ids),
                ('product_id.product_tmpl_id', 'in', self.ids)]

    @api.depends_context('company')
    def _compute_part_class(self):
        """Show the present class in the current company, such as “A · Vital · Fast”."""
        rows = self.env['aftersales.part.class']
        if rows.has_access('read'):
            rows = rows.search([
                ('product_id.product_tmpl_id', 'in', self.ids), ('date_to', '=', False),
                ('company_id', '=', self.env.company.id)])
        names = {row.product_id.product_tmpl_id: row._get_words() for row in reversed(rows)}
        for template in self:
            template.part_class = names.get(template._origin)

    @api.depends('name', 'is_spare_part')
    def _compute_search_initials(self):
        """Spell the name in Chinese, whatever language the user works in."""
        parts = self.filtered('is_spare_part')
        (self - parts).search_initials = False
        languages = [code for code, __ in self.env['res.lang'].get_installed()
                     if parts and code.startswith('zh')]
        names = {part: [part.name or ""] for part in parts}
        for code in languages:
            for part in parts.with_context(lang=code):
                names[part].append(part.name or "")
        for part in parts:
            part.search_initials = next(filter(None, map(pinyin_initials, names[part])), False)

    def write(self, vals):
        result = super().write(vals)
        if vals.get('production_end_date'):
            # who may write the machine may let the duty to keep its parts follow
            self.sudo().machine_fit_ids._extend_keep_until()
        if 'criticality' in vals:
            self._judge_classes()
        return result

    def _judge_classes(self):
        """Let the present classes of these parts follow their criticality at once.

        Who may write the part decides on its criticality; the service level follows.
        """
        rows = self.env['aftersales.part.class'].sudo().search([
            ('product_id.product_tmpl_id', 'in', self.ids), ('date_to', '=', False)])
        rows._judge_levels()

    def _get_support_end(self):
        """Return until when its parts are kept available; nothing if it is still made."""
        self.ensure_one()
        if not self.production_end_date:
            return None
        policy = self.env['aftersales.part.policy']._get_policy(self.company_id or self.env.company)
        return self.production_end_date + relativedelta(years=policy.support_years)

    # === ACTIONS === #

    def action_view_machine_parts(self):
        """Show the parts of this machine."""
        return self._open_part_rows(
            'aftersales_part_fit_action', [('machine_id', 'in', self.ids)],
            {'default_machine_id': self.id, 'search_default_group_by_machine': False})

    def action_view_fits(self):
        """Show the machines that this part fits."""
        return self._open_part_rows(
            'aftersales_part_fit_action', [('product_id.product_tmpl_id', 'in', self.ids)],
            {'default_product_id': self.product_variant_id.id})

    def action_view_supersessions(self):
        """Show what this part replaces, and what replaces it."""
        return self._open_part_rows(
            'aftersales_part_supersession_action', self._get_supersession_domain(),
            {'default_product_id': self.product_variant_id.id})

    def action_view_classes(self):
        """Show the present and the earlier classes of this part."""
        return self._open_part_rows(
            'aftersales_part_class_action', [('product_id.product_tmpl_id', 'in', self.ids)], {},
            [(False, 'list'), (False, 'form')])

    def _open_part_rows(self, name, domain, context, views=None):
        action = self.env['ir.actions.act_window']._for_xml_id(f'aftersales_parts.{name}')
        action.update(domain=domain, context=context)
        if views:
            action['views'] = views
        return action

    # === LAST BUY === #

    @api.model
    def _cron_plan_last_buys(self, batch_size=100):
        """Ask the planner for the last buy of parts in good time, one committed batch at a time."""
        cron, domain = self.env['ir.cron'], self._get_last_buy_domain()
        cron._commit_progress(remaining=self.search_count(domain))
        while parts := self.search(domain, limit=batch_size).try_lock_for_update():
            for part in parts:
                part._plan_last_buy()
            if not cron._commit_progress(len(parts)):
                break

    @api.model
    def _get_last_buy_domain(self):
        """Return the domain of the parts whose last order is near, by each company's policy."""
        policies, today = self.env['aftersales.part.policy'], fields.Date.context_today(self)
        last_days = {
            company.id: today + timedelta(days=policies._get_policy(company).last_buy_days)
            for company in self.env['res.company'].search([('active', '=', True)])}
        last_days[False] = max(last_days.values())  # parts of all companies
        near = Domain.OR(
            Domain('company_id', '=', company_id) & Domain('date_last_order', '<=', day)
            for company_id, day in last_days.items())
        return near & Domain('is_spare_part', '=', True) & Domain(
            'has_last_buy_activity', '=', False)

    def _plan_last_buy(self):
        """Give the planner an activity, in the planner's language, until the last order date."""
        self.ensure_one()
        planner = self._get_planner()
        localized = self.with_context(lang=planner.lang)
        env = localized.env
        localized.activity_schedule(
            'aftersales_parts.mail_activity_type_last_buy', self.date_last_order,
            user_id=planner.id, note=env._(
                "The supplier takes the last order on %(day)s. Customers can count on the part "
                "until %(until)s: decide how much to buy.",
                day=format_date(env, self.date_last_order),
                until=format_date(env, self.keep_until) if self.keep_until
                else env._("an open date")))
        self.has_last_buy_activity = True

    def _get_planner(self):
        """Return who plans this part: its responsible, else the first planner of the company.

        Hook: called for activities of a part, as superuser, for one. Raises nothing: without a
        planner it is the current user.
        """
        self.ensure_one()
        planners = self.env.ref(PLANNER).all_user_ids.filtered(
            lambda user: not user.share and user.active
            and (not self.company_id or self.company_id in user.company_ids))
        return self.responsible_id if self.responsible_id in planners else (
            planners.sorted('id')[:1] or self.env.user)
