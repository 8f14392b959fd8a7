from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.aftersales_service.models.base.roles import TECHNICIAN
from odoo.addons.aftersales_service.tools.timezone import day_bounds

GOOD_RATING = 4  # of 5
GOOD_INDEX = 80  # of 100
PROMISES = {'response': ('answer', 'arrive'), 'repair': ('repair', 'close')}


class Evidence(NamedTuple):
    """What live records say of an indicator: a sentence, and a sample where one is counted."""

    words: str
    passed: int = 0
    size: int = 0


class AftersalesEvaluation(models.Model):
    """What live records say of the indicators: counts of the period, never names."""

    _inherit = 'aftersales.evaluation'

    def _suggest_evidence(self):
        """Write onto the lines what live records say of them."""
        self.ensure_one()
        # action_suggest checked the right to write the evaluation; only counts are shown
        for kind, lines in self.sudo().line_ids.grouped(
                lambda line: line.clause_id.evidence).items():
            found = kind and self.sudo()._get_evidence(kind)
            lines.write({
                'suggestion': found.words if found else False,
                'suggested_size': found.size if found else 0,
                'suggested_passed': found.passed if found else 0})

    def _get_evidence(self, kind):
        """Return what live records say of the indicators with the evidence ``kind``.

        Hook: called by ``_suggest_evidence``, as superuser after the right to write was checked,
        for one evaluation in progress. A module adds its ``kind`` to
        ``aftersales.evaluation.clause.evidence`` by ``selection_add`` and answers for it; others
        go to ``super()``. Count what belongs to ``company_id`` and, if given, ``outlet_id``,
        from ``date_from`` to ``date``; name no person. Must not raise.

        :return: an ``Evidence``, or ``None`` where the records say nothing
        """
        self.ensure_one()
        count = getattr(self, f'_count_{kind}', None)
        return count() if count else None

    # === KINDS === #

    def _count_outlets(self):
        outlets = self.outlet_id or self.env['aftersales.outlet'].search(
            [('company_id', '=', self.company_id.id), ('state', '=', 'active')])
        with_area = outlets.filtered('area_ids')
        return Evidence(self.env._(
            "%(count)s outlets at work, %(areas)s of them with areas, %(people)s people.",
            count=len(outlets), areas=len(with_area), people=len(outlets.member_ids)),
            len(with_area), len(outlets)) if outlets else None

    def _count_skills(self):
        people = self.outlet_id.member_ids or self.company_id._get_people_in(TECHNICIAN)
        skilled = people & self.env['aftersales.skill'].search(
            [('user_ids', 'in', people.ids)]).user_ids
        return self._prepare_evidence(len(skilled), len(people), lambda facts: self.env._(
            "%(passed)s of %(size)s technicians have a registered skill (%(share).1f %%).",
            **facts))

    def _count_response(self):
        return self._count_promises('response')

    def _count_repair(self):
        return self._count_promises('repair')

    def _count_promises(self, kind):
        clocks = dict(self.env['aftersales.clock']._read_group(
            Domain('company_id', '=', self.company_id.id)
            & Domain('res_model', '=', 'aftersales.order')
            & Domain('kind', 'in', PROMISES[kind]) & Domain('result', 'in', ('met', 'missed'))
            & self._get_period_domain('date_stopped') & self._get_orders_domain('res_id'),
            ['result'], ['__count']))
        return self._prepare_evidence(
            clocks.get('met', 0), sum(clocks.values()), lambda facts: self.env._(
                "%(passed)s of %(size)s promised times were kept (%(share).1f %%).", **facts))

    def _count_rating(self):
        ratings = self.env['rating.rating']
        domain = (
            Domain('res_model', '=', 'aftersales.order') & Domain('consumed', '=', True)
            & self._get_period_domain('write_date')
            & self._get_orders_domain('res_id', is_company=True))
        return self._prepare_evidence(
            ratings.search_count(domain & Domain('rating', '>=', GOOD_RATING)),
            ratings.search_count(domain), lambda facts: self.env._(
                "%(passed)s of %(size)s ratings are 4 or 5 of 5 (%(share).1f %%).", **facts))

    def _count_follow_up(self):
        orders = self.env['aftersales.order']
        domain = self._get_own_domain() & self._get_period_domain('date_done')
        return self._prepare_evidence(
            orders.search_count(domain & Domain('follow_up_result', 'in', (
                'content', 'not_content'))),
            orders.search_count(domain), lambda facts: self.env._(
                "%(passed)s of %(size)s finished orders were followed up (%(share).1f %%).",
                **facts))

    def _count_csi(self):
        """Say the index with its answers, reach and interval; few answers suggest no sample."""
        report = self.env['aftersales.survey.report'].with_company(self.company_id)
        # who was asked and kept silent stands in reach as well
        domain = self._get_own_domain() & self._get_period_domain(
            'date_asked') & report._get_purpose_domain()
        [row] = report._get_figures(domain)
        figure = row['figures']['csi']
        if not figure['n']:
            return None
        facts = {
            'index': figure['value'], 'size': figure['n'], 'reach': row['reach'] or 0.0,
            'low': figure['low'] or 0.0, 'high': figure['high'] or 0.0}
        if figure['is_small']:
            return Evidence(self.env._(
                "The satisfaction index is %(index).1f of 100 in %(size)s answers: too few to "
                "rely on.", **facts))
        passed = report.search_count(domain & Domain('csi', '>=', GOOD_INDEX))
        return Evidence(self.env._(
            "The satisfaction index is %(index).1f of 100 in %(size)s answers (reach "
            "%(reach).1f %%, interval %(low).1f to %(high).1f); %(passed)s reach %(good)s.",
            passed=passed, good=GOOD_INDEX, **facts), passed, figure['n'])

    # === HELPERS === #

    @api.model
    def _prepare_evidence(self, passed, size, say):
        """Return the evidence of a share in the words of ``say``, nothing without records."""
        return Evidence(say({
            'passed': passed, 'size': size, 'share': passed / size * 100}), passed, size) if (
                size) else None

    def _get_period_domain(self, name):
        zone = self.company_id._get_aftersales_zone()
        start, __ = day_bounds(self.date_from, zone)
        __, stop = day_bounds(self.date, zone)
        return Domain(name, '>=', start) & Domain(name, '<', stop)

    def _get_own_domain(self):
        """Return the domain of the orders that are evaluated."""
        domain = Domain('company_id', '=', self.company_id.id)
        return domain & Domain('outlet_id', '=', self.outlet_id.id) if self.outlet_id else domain

    @api.model
    def _get_ids_query(self, domain):
        return self.env['aftersales.order'].with_context(active_test=False)._search(domain)

    def _get_orders_domain(self, name, is_company=False):
        """Return the domain of lines whose ``name`` is the id of an order that is evaluated.

        :param is_company: the lines know no company, so the order's is asked
        """
        if not (self.outlet_id or is_company):
            return Domain.TRUE
        return Domain(name, 'in', self._get_ids_query(self._get_own_domain()))
