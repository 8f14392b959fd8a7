from collections import defaultdict
from datetime import timedelta
from itertools import chain
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.aftersales_service.tools.serial_range import spellings

from .roles import AGENT

RECENT_CASES = 40  # complaints compared for it
# what says whether two complaints are of the same unit or customer
_MATTER = ('company_id', 'partner_id', 'product_id', 'warranty_id', 'serial')
# what is shown of them, and what the rules of their readers ask
_SHOWN = ('name', 'subject', 'stage_id', 'user_id', 'date_closed', 'create_uid', 'unit_user_id',
          'department_id')


class _Matter(NamedTuple):
    """What a number of earlier complaints have in common, by the names of their fields."""

    number: int
    company_id: models.BaseModel
    partner_id: models.BaseModel
    product_id: models.BaseModel
    warranty_id: models.BaseModel
    serial: str | bool = False


class AftersalesComplaint(models.Model):
    """Which earlier complaints are of the same unit or customer, and what is shown of them."""

    _inherit = 'aftersales.complaint'

    recent_case_ids = fields.Many2many(
        'aftersales.complaint', string="Complaints of the Period", compute='_compute_recent',
        groups='base.group_user')
    open_cases = fields.Json(compute='_compute_recent', groups='base.group_user')

    @api.depends('partner_id', 'warranty_id', 'serial', 'product_id')
    def _compute_repeat_count(self):
        """Count the earlier complaints of the same unit or customer: new ones at once."""
        new = self.filtered(lambda case: not case._origin)
        for cases in (new, *(self - new)):
            for case, matters in cases._group_matters().items():
                case.repeat_count = sum(matter.number for matter in matters)

    @api.depends('partner_id', 'warranty_id', 'serial', 'product_id')
    def _compute_recent(self):
        """Show what happened to the unit and the customer, each as far as the user may read it.

        Of open complaints of colleagues the number, stage and handler are named, so that the
        agent who takes the call writes no second one.
        """
        is_agent = self.env.user.has_group(AGENT)
        limit = RECENT_CASES * len(self)
        groups = self._group_earlier(limit, _SHOWN)
        others = self.sudo().browse().union(*groups.values())
        # one look-up of the names for this and for the strip of the steps
        people = others.user_id | self.sudo()._get_step_owners()
        people.mapped('name')
        for case, related in groups.items():
            readable = related.with_env(self.env)._filtered_access('read')
            case.recent_case_ids = readable
            case.open_cases = [
                {'id': other.id, 'name': other.name, 'stage': other.stage_id.display_name,
                 'subject': other.subject if other.id in readable.ids else "",
                 'handler': other.user_id.name, 'is_readable': other.id in readable.ids}
                for other in related if not (
                    other.date_closed or other.state in ('settled', 'improving'))
                and (is_agent or other.id in readable.ids)]

    def _get_earlier_domain(self):
        """Return the domain of the complaints of the same units and customers in the period.

        Where both complaints name a unit, it decides; only else the customer does.
        """
        days = max(self.company_id.mapped('complaint_repeat_days'), default=0)
        since = fields.Datetime.now() - timedelta(days=days)
        related = Domain('warranty_id', 'in', self.warranty_id._origin.ids)
        serials = {
            key for case in self for number in spellings(case.serial)
            for key in (number, number.lower())}
        if serials:
            related |= Domain('serial', 'in', list(serials))
        for (has_card, has_serial), cases in self.grouped(
                lambda case: (bool(case.warranty_id), bool(case.serial))).items():
            customers = Domain('partner_id', 'in', cases.partner_id._origin.ids)
            if has_card:
                customers &= Domain('warranty_id', '=', False)
            if has_serial:
                customers &= Domain('serial', '=', False)
            related |= customers
        return related & Domain([
            ('company_id', 'in', self.company_id._origin.ids), ('date_received', '>=', since),
            ('kind', 'not in', ['praise', 'suggestion']),
            ('state', 'not in', ['merged', 'unfounded'])])

    def _group_matters(self):
        """Return ``{complaint: [numbers of earlier ones of its unit or customer]}``.

        The database counts: a dealer may have thousands. Asked for new complaints, or for a
        single one that is saved.
        """
        groups = {}
        # without a unit of its own a case is compared by customer and product alone
        for has_unit, cases in self.grouped(
                lambda case: bool(case.warranty_id or case.serial)).items():
            domain = cases._get_earlier_domain()
            if cases._origin:
                domain &= Domain('id', '!=', cases._origin.id) & Domain(
                    'date_received', '<=', cases.date_received)
            rows = self.sudo()._read_group(  # only their number is used
                domain, _MATTER if has_unit else _MATTER[:3], ['__count'])
            no_card = self.env['aftersales.warranty']
            groups |= cases._match([
                _Matter(number, *key) if has_unit else _Matter(number, *key, no_card)
                for *key, number in rows])
        return groups

    def _group_earlier(self, limit=None, names=()):
        """Return ``{complaint: earlier ones of its unit or customer}``, the latter as superuser.

        :param limit: only so many, the newest first: a dealer may complain every day
        :param names: of further fields that the caller reads
        """
        if not self:
            return {}
        # by the desk their names are used, which it may read
        earlier = self.sudo().search_fetch(
            self._get_earlier_domain(), [*_MATTER, 'date_received', *names],
            order='date_received desc, id desc', limit=limit)
        return {
            case: earlier.browse().union(*(
                other for other in others if other != case._origin.sudo()
                and not (case._origin and other.date_received > case.date_received)))
            for case, others in self._match(earlier).items()}

    def _match(self, others):
        """Return ``{complaint: [those of the others that are of its unit or customer]}``.

        Only those that share a card, a number or a customer are compared: batches are large.
        """
        groups = defaultdict(list)
        for other in others:
            for key in _get_repeat_keys(other):
                groups[key].append(other)
        return {case: [
            other for other in dict.fromkeys(chain.from_iterable(
                groups[key] for key in _get_repeat_keys(case) if key in groups))
            if case._is_repeated_by(other)] for case in self}

    def _is_repeated_by(self, other):
        """Return whether an earlier complaint is of the same unit, or of the same customer.

        :param other: a complaint, or a ``_Matter``
        """
        self.ensure_one()
        if other.company_id != self.company_id._origin:
            return False
        if self.warranty_id and other.warranty_id:
            return other.warranty_id == self.warranty_id._origin
        if self.serial and other.serial:
            return not set(spellings(self.serial)).isdisjoint(spellings(other.serial))
        return bool(self.partner_id) and other.partner_id == self.partner_id._origin and (
            not self.product_id or not other.product_id
            or other.product_id == self.product_id._origin)

    def action_view_earlier(self):
        """Show the earlier complaints of the same unit or customer that the user may read."""
        earlier = self.sudo().browse().union(*self._group_earlier().values())
        return earlier.with_env(self.env)._filtered_access('read')._get_records_action(
            name=self.env._("Earlier Complaints"))


def _get_repeat_keys(case):
    """Return what complaints of the same unit or customer have in common.

    :param case: a complaint, or a ``_Matter``
    """
    return {('card', case.warranty_id._origin.id), ('partner', case.partner_id._origin.id),
            *(('serial', number) for number in spellings(case.serial))} - {
                ('card', False), ('partner', False)}
