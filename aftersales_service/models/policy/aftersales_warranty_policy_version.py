from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, ormcache


class AftersalesWarrantyPolicy(models.Model):
    """Which text of a policy binds a unit: versions share a code, each has its days of sale."""

    _inherit = 'aftersales.warranty.policy'

    code = fields.Char(copy=False)
    version = fields.Char(help="How this version is called, such as 2026.")
    date_from = fields.Date(help="First day of sale to which it applies. Empty: no first day.")
    date_to = fields.Date(help="Last day of sale to which it applies. Empty: until the next "
                               "version.")
    version_count = fields.Integer(string="Versions", compute='_compute_version_count')

    @api.depends('code', 'company_id')
    def _compute_version_count(self):
        counts = {(code, company): count for code, company, count in self.with_context(
            active_test=False)._read_group(
                [('code', 'in', self.filtered('code').mapped('code'))],
                ['code', 'company_id'], ['__count'])}
        for policy in self:
            policy.version_count = counts.get((policy.code, policy.company_id), 1)

    @api.depends('name', 'version')
    @api.depends_context('lang')
    def _compute_display_name(self):
        for policy in self:
            policy.display_name = (
                f"{policy.name} ({policy.version})" if policy.version else policy.name)

    @api.constrains(
        'active', 'buyer', 'code', 'company_id', 'country_ids', 'date_from', 'date_to')
    def _check_versions(self):
        """Refuse two texts for one day of sale; drafts are not binding and may overlap."""
        for policy, clash in self._find_overlaps():
            raise ValidationError(self.env._(
                "“%(policy)s” and “%(other)s” would both bind units sold on %(day)s: "
                "versions of the policy %(code)s cannot overlap.",
                policy=policy.display_name, other=clash.display_name, code=policy.code,
                day=format_date(self.env, max(policy._first_day(), clash._first_day()))
                if policy.date_from or clash.date_from else self.env._("any day")))

    def copy_data(self, default=None):
        """A copy by hand is a draft of its own; it joins the versions when it gets their code."""
        vals_list = super().copy_data(default=default)
        if not {'name', 'code'} & (default or {}).keys():
            for policy, vals in zip(self, vals_list, strict=True):
                vals['name'] = self.env._("%(name)s (copy)", name=policy.name)
        return vals_list

    # === ACTIONS === #

    def action_new_version(self):
        """Copy the policy for the units sold from today on, and open the copy.

        This version ends the day before; the cards made under it stay as they are.
        """
        self.ensure_one()
        start = max(fields.Date.context_today(self), self._first_day() + timedelta(days=1))
        follows = self.date_to and self.date_to >= start and self.date_to
        code = self.code or f'P{self.id:05}'
        self.write({
            'code': code,
            'date_to': min(self._last_day(), start - timedelta(days=1))})
        version = self.copy({
            'code': code, 'version': str(start.year), 'date_from': start, 'date_to': follows})
        return version._get_records_action()

    def action_view_versions(self):
        """Show the versions of these policies, also those that are drafts or withdrawn."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_warranty_policy_action')
        action['domain'] = [
            ('code', 'in', self.mapped('code')),
            ('company_id', 'in', self.company_id.ids or [False])]
        action['context'] = {'active_test': False}
        return action

    # === BUSINESS RULES === #

    def _overlaps(self, other):
        """Return so for texts of one jurisdiction and for the same buyers.

        The laws of two countries stand side by side, as do the promises to consumers and to
        companies.
        """
        return super()._overlaps(other) and (
            self.country_ids == other.country_ids or bool(
                self.country_ids & other.country_ids)) and (
            self.buyer == other.buyer or 'both' in (self.buyer, other.buyer))

    def _get_version(self, day, buyer=None):
        """Return the version of this policy that binds units sold on ``day``, if any does.

        A draft is not binding, nor is a text that was withdrawn.

        :param buyer: ``'consumer'`` or ``'company'``; by default a version for anybody will do
        """
        for policy_id, first, last, holds_for in self._get_version_days() if self else ():
            if first <= day <= last and (not buyer or holds_for in ('both', buyer)):
                return self.browse(policy_id)
        return self.browse()

    @ormcache('self.id')
    def _get_version_days(self):
        """Return ``((id, first day, last day, buyer), …)`` of the versions in force, this first."""
        policy = self.sudo()  # the text that binds a sale is the same for everybody
        others = policy.search([
            ('code', '=', policy.code), ('code', '!=', False),
            ('company_id', '=', policy.company_id.id), ('id', '!=', policy.id),
        ]).filtered(lambda version: version.country_ids == policy.country_ids)
        return tuple(
            (version.id, version._first_day(), version._last_day(), version.buyer)
            for version in policy.filtered('active') | others)
