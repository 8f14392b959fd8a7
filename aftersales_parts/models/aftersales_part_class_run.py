from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..tools.part_class import PartFacts, classify, service_level, settle
from .roles import PLANNER

CLASS_FIELDS = ('abc', 'xyz', 'ved', 'fsn', 'hml', 'sde')
# a variation over fewer months says little
LEAST_PERIODS = 12


class AftersalesPartClass(models.Model):
    """The run that classifies all parts of a company in sets, a committed batch at a time."""

    _inherit = 'aftersales.part.class'

    def action_classify(self):
        """Classify all parts of the current company now; each part once a day.

        Runs of one month see the same data, and count as one where a class waits for runs in a row.
        """
        if not self.env.user.has_group(PLANNER):
            raise AccessError(self.env._(
                "Only planners classify parts: ask a planner to do it."))
        today = fields.Date.context_today(self)
        # the role was checked above
        for __ in self.sudo()._classify(self.env.company, today):
            pass

    @api.model
    def _cron_classify(self, batch_size=5000):
        """Classify the parts that were not classified in this quarter yet.

        A run that was killed goes on with the parts that are left; new parts get their class with
        the next run.
        """
        today = fields.Date.context_today(self)
        quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
        cron = self.env['ir.cron']
        companies = self.env['res.company'].search([('active', '=', True)])
        cron._commit_progress(remaining=len(companies))
        for company in companies:
            for __ in self.with_company(company)._classify(company, quarter, batch_size):
                if not cron._commit_progress():
                    return
            if not cron._commit_progress(1):
                return

    @api.model
    def _classify(self, company, since, batch_size=5000):
        """Classify the parts of ``company`` that had no run since a day; yield after each batch.

        The ranks are those of all parts. As superuser: by the cron, or after the planner's role
        was checked.
        """
        policy = self.env['aftersales.part.policy']._get_policy(company)
        parts = self.env['product.product'].with_company(company).search_fetch(
            [('is_spare_part', '=', True), ('company_id', 'in', [False, company.id])],
            ['product_tmpl_id', 'standard_price'])
        pending = parts - self.search_fetch(
            [('company_id', '=', company.id), ('date_to', '=', False), ('date_run', '>=', since)],
            ['product_id']).product_id
        if not pending:
            return
        rules = policy._get_class_rules()
        facts = self._read_facts(company, parts, policy)
        proposals = dict(zip(parts, classify([facts[part] for part in parts], rules), strict=True))
        for start in range(0, len(pending), batch_size):
            batch = pending[start:start + batch_size]
            changed = self._keep_classes(
                company, {part: (facts[part], proposals[part]) for part in batch}, rules)
            self.env['stock.quant']._plan_counts(batch.browse(changed), company)
            yield

    @api.model
    def _read_facts(self, company, parts, policy):
        """Return ``{part: PartFacts}`` up to the end of the last month."""
        today = fields.Date.context_today(self)
        end = today.replace(day=1)
        parts.product_tmpl_id.fetch(['criticality', 'part_phase', 'create_date'])
        usage = self._read_usage(company, end, policy)
        suppliers = {
            template.id: (lead, count) for template, lead, count in
            self.env['product.supplierinfo']._read_group(
                [('product_tmpl_id', 'in', parts.product_tmpl_id.ids),
                 ('company_id', 'in', [False, company.id])],
                ['product_tmpl_id'], ['delay:min', 'partner_id:count_distinct'])}
        young = end - relativedelta(months=policy.slow_months)
        facts = {}
        for part in parts:
            total, squares, lately, last, first = usage.get(part.id, (0.0, 0.0, 0.0, None, None))
            template = part.product_tmpl_id
            lead, count = suppliers.get(template.id, (None, 0))
            facts[part] = PartFacts(
                value=lately * part.standard_price, price=part.standard_price, total=total,
                squares=squares, periods=max(
                    min(LEAST_PERIODS, policy.xyz_months), _months(first, end) if first else 0),
                idle_months=None if last is None else _months(last, end) - 1,
                is_new=template.part_phase == 'introduction' or (
                    template.create_date.date() > young),
                ved=template.criticality or 'desirable', lead_days=lead, suppliers=count)
        return facts

    @api.model
    def _read_usage(self, company, end, policy):
        """Return ``{part id: (total, squares, used lately, last month, first month)}``.

        Months are added up before they are squared: two steps, which ``_read_group`` cannot do.
        """
        demand = self.env['aftersales.part.demand']
        demand.flush_model(['company_id', 'product_id', 'month', 'quantity'])
        months = max(policy.xyz_months, policy.value_months, policy.dead_months)
        rows = self.env.execute_query(SQL(
            """
            SELECT product_id,
                   SUM(quantity) FILTER (WHERE month >= %(varied)s),
                   SUM(quantity * quantity) FILTER (WHERE month >= %(varied)s),
                   SUM(quantity) FILTER (WHERE month >= %(valued)s),
                   MAX(month), MIN(month) FILTER (WHERE month >= %(varied)s)
              FROM (SELECT product_id, month, SUM(quantity) AS quantity
                      FROM aftersales_part_demand
                     WHERE company_id = %(company)s AND month >= %(start)s AND month < %(end)s
                  GROUP BY product_id, month) AS monthly
             WHERE quantity > 0
          GROUP BY product_id
            """,
            company=company.id, end=end, start=end - relativedelta(months=months),
            varied=end - relativedelta(months=policy.xyz_months),
            valued=end - relativedelta(months=policy.value_months)))
        return {part_id: (total or 0.0, squares or 0.0, lately or 0.0, last, first)
                for part_id, total, squares, lately, last, first in rows}

    @api.model
    def _keep_classes(self, company, judged, rules):
        """Write what a run found for a batch; return the ids of parts in another ABC class.

        :param judged: ``{part: (PartFacts, PartClasses)}``
        """
        today = fields.Date.context_today(self)
        present = self.search([
            ('company_id', '=', company.id), ('date_to', '=', False),
            ('product_id', 'in', [part.id for part in judged])]).grouped('product_id')
        new, ended_ids, changed_ids = [], [], []
        for part, (facts, proposal) in judged.items():
            row = present.get(part, self.browse())
            # facts reach to the end of the last month: runs of one month see the same
            is_new_month = not row.date_run or row.date_run < today.replace(day=1)
            abc, abc_candidate, abc_runs = settle(
                row.abc, row.abc_candidate, row.abc_runs, proposal.abc, rules.runs, is_new_month)
            xyz, xyz_candidate, xyz_runs = settle(
                row.xyz, row.xyz_candidate, row.xyz_runs, proposal.xyz, rules.runs, is_new_month)
            vals = {
                'abc': abc, 'abc_candidate': abc_candidate or False, 'abc_runs': abc_runs,
                'xyz': xyz, 'xyz_candidate': xyz_candidate or False, 'xyz_runs': xyz_runs,
                'ved': facts.ved, 'fsn': proposal.fsn, 'hml': proposal.hml, 'sde': proposal.sde,
                'value': facts.value, 'share': proposal.share,
                'variation': proposal.variation or 0.0,
                'service_level': service_level(abc, xyz, proposal.fsn, facts.ved, rules)}
            if row.abc != abc:
                changed_ids.append(part.id)
            if row and (row.date_from == today or all(
                    row[name] == vals[name] for name in CLASS_FIELDS)):
                row.write({name: value for name, value in vals.items() if row[name] != value})
            else:
                ended_ids += row.ids
                new.append({'product_id': part.id, 'company_id': company.id,
                            'date_from': today, 'date_run': today, **vals})
        self.union(*present.values()).date_run = today
        ended = self.browse(ended_ids)
        ended.date_to = today
        ended.flush_recordset(['date_to'])  # one present row for each part
        self.create(new)
        return changed_ids

    def _judge_levels(self):
        """Follow the criticality of the parts; called as superuser after the part was written."""
        for company, rows in self.grouped('company_id').items():
            rules = self.env['aftersales.part.policy']._get_policy(company)._get_class_rules()
            for row in rows:
                ved = row.product_id.criticality or 'desirable'
                row.write({'ved': ved, 'service_level': service_level(
                    row.abc, row.xyz, row.fsn, ved, rules)})

    def _get_words(self):
        """Return the classes in words, such as “A · Vital · Fast”."""
        self.ensure_one()
        labels = (dict(self._fields[name]._description_selection(self.env)).get(self[name])
                  for name in ('abc', 'ved', 'fsn'))
        return " · ".join(filter(None, labels))


def _months(first, end):
    """Return how many months lie between two first days of a month."""
    return (end.year - first.year) * 12 + end.month - first.month
