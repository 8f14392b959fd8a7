from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.aftersales_service.tools.words import read_id

from ..tools.figures import METRICS
from .aftersales_survey_report_figures import MONTH

GROUPS = ('outlet_id', 'technician_id', 'product_id', 'region_id', 'wave_id', MONTH, 'purpose',
          'channel')
MOST_ROWS, MOST_WAVES, MOST_LOOPS = 200, 50, 12
# score of a loop -> the best that can be given
_BEST = {'nps': 10, 'csat': 5, 'csi': 100, 'ces': 7}


class AftersalesSurveyReport(models.Model):
    """What the satisfaction board shows: a fixed number of queries, however many answers."""

    _inherit = 'aftersales.survey.report'

    @api.model
    def get_board_data(self, filters):
        """Return figures, groups, trend and open loops of the board; for survey managers.

        :param filters: ``wave_id``, ``purpose``, ``period`` (months, or ``all``), ``metric``,
            ``groupby``; anything unknown counts as not given
        :raise AccessError: the user does not read the report
        """
        self.check_access('read')
        filters = self._read_filters(filters)
        minimum = self.env.company.aftersales_survey_minimum
        base, period = self._get_filter_domains(filters)
        tallies = self._read_tallies(base & period, filters['groupby'])
        rows = self._describe_rows(tallies, minimum)
        self._add_loop_scores(rows, filters)
        metric = filters['metric']
        rows.sort(key=lambda row: (
            row['figures'][metric]['rank'] or float('inf'), -row['figures'][metric]['n'],
            row['label']) if filters['groupby'] != MONTH else str(row['value']))
        for row in rows:
            del row['value']  # a record; its domain and label say it
        total = self._without_value(self._sum_rows(tallies, minimum))
        estimates = self._get_chosen_estimates(filters, minimum)
        total['figures'] |= estimates
        wave = self.env['aftersales.survey.wave'].browse(filters['wave_id'] or [])
        if wave._is_quota_sample():
            self._drop_intervals([total, *rows])
        return {
            'is_quota': wave._is_quota_sample(),
            'minimum': minimum,
            'domain': list(base & period),
            'total': total, 'is_weighted': bool(estimates),
            'before': self._without_value(self._get_figures(
                self._get_domain_before(filters, base), minimum=minimum)[0]),
            'rows': rows[:MOST_ROWS],
            'trend': self._get_trend(self._get_trend_domain(filters, base), metric, minimum),
            'loops': self._get_open_loops(),
            'group_label': dict(self._get_group_labels())[filters['groupby']],
            **self._get_choices()}

    @api.model
    def get_board_items(self, filters):
        """Return the importance-performance chart and the gaps of the board; for survey managers.

        :raise AccessError: the user does not read the report or the answers
        """
        self.check_access('read')
        filters = self._read_filters(filters)
        domain = Domain('company_id', 'in', self.env.companies.ids)
        if filters['wave_id']:
            domain &= Domain('aftersales_wave_id', '=', filters['wave_id'])
        domain &= self._get_chosen_purpose(filters, 'aftersales_purpose')
        domain &= self._get_day_domain(self._get_period_start(filters), None, 'date_scored')
        items, gaps = self._get_items(domain)
        return {'chart': self._get_matrix(items), 'gaps': gaps}

    @api.model
    def action_view_answers(self, domain):
        """Show the rows behind a figure: results and scores, and no customer."""
        self.check_access('read')
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_survey.aftersales_survey_report_action')
        return action | {
            'domain': domain, 'context': {}, 'view_mode': 'list,pivot,graph',
            'views': [(False, 'list'), (False, 'pivot'), (False, 'graph')]}

    # === FILTERS === #

    @api.model
    def _read_filters(self, filters):
        """Return the filters that a client may choose, with a default for each."""
        filters = filters if isinstance(filters, dict) else {}
        purposes = dict(self._get_labels('survey.survey', 'aftersales_purpose'))

        def pick(name, choices, default):
            value = filters.get(name)
            return value if isinstance(value, str) and value in choices else default

        wave_id = read_id(filters.get('wave_id'))
        return {
            'wave_id': self.env['aftersales.survey.wave'].search([('id', '=', wave_id)]).id
            if wave_id else False,
            'purpose': pick('purpose', purposes, False),
            'period': pick('period', dict(self._get_period_labels()), 'all' if wave_id else '12'),
            'metric': pick('metric', METRICS, 'csi'),
            'groupby': pick('groupby', GROUPS, 'outlet_id')}

    @api.model
    def _get_chosen_estimates(self, filters, minimum):
        """Return the figures of all customers, where the whole of one stratified wave is shown."""
        if not filters['wave_id'] or filters['period'] != 'all' or filters['purpose']:
            return {}
        return self.env['aftersales.survey.wave'].browse(filters['wave_id'])._get_estimates(minimum)

    @api.model
    def _get_period_start(self, filters):
        """Return the first day of the period; the running month is one of its months."""
        if filters['period'] == 'all':
            return None
        today = self.env.company._get_aftersales_day(fields.Datetime.now())
        return today.replace(day=1) - relativedelta(months=int(filters['period']) - 1)

    @api.model
    def _get_filter_domains(self, filters):
        """Return what is chosen, and its period."""
        base = Domain.TRUE
        if filters['wave_id']:
            base &= Domain('wave_id', '=', filters['wave_id'])
        base &= self._get_chosen_purpose(filters)
        return base, self._get_day_domain(self._get_period_start(filters), None)

    @api.model
    def _get_chosen_purpose(self, filters, name='purpose'):
        """Return the domain of the purpose; a wave that is chosen has its own."""
        if filters['wave_id'] and not filters['purpose']:
            return Domain.TRUE
        return self._get_purpose_domain(filters['purpose'], name)

    @api.model
    def _get_domain_before(self, filters, base):
        """Return what the figures are compared with: the wave before, or as many months before."""
        if filters['wave_id']:
            wave = self.env['aftersales.survey.wave'].browse(filters['wave_id'])
            before = wave._get_wave_before()
            return Domain('wave_id', '=', before.id) if before else Domain.FALSE
        start = self._get_period_start(filters)
        if not start:
            return Domain.FALSE
        return base & self._get_day_domain(
            start - relativedelta(months=int(filters['period'])), start - relativedelta(days=1))

    @api.model
    def _get_trend_domain(self, filters, base):
        """Return the last two years of what is chosen: limits need more than a quarter."""
        if filters['wave_id']:
            return base
        today = self.env.company._get_aftersales_day(fields.Datetime.now())
        return base & self._get_day_domain(today.replace(day=1) - relativedelta(months=23), None)

    # === LOOPS === #

    @api.model
    def _get_open_loops(self):
        """Return how many loops are open, and the oldest of them."""
        loops = self.env['aftersales.loop']
        domain = Domain('state', '!=', 'closed') & Domain(
            'company_id', 'in', self.env.companies.ids)
        now = fields.Datetime.now()
        return {
            'count': loops.search_count(domain),
            'rows': [{
                'id': loop.id, 'age': format_date(self.env, loop.create_date),
                'is_late': bool(loop.date_deadline and loop.date_deadline < now),
                # the name of an outlet is no secret to who reads its loop
                'outlet': loop.outlet_id.sudo().name or '', 'owner': loop.user_id.name or '',
                'first_score': self._get_score_label(loop, loop.first_score),
                'second_score': self._get_score_label(loop, loop.second_score)
                if loop.date_second else ''}
                for loop in loops.search(domain, order='id', limit=MOST_LOOPS)]}

    @api.model
    def _get_score_label(self, loop, score):
        return '' if not loop.score_kind else f'{score:g} / {_BEST[loop.score_kind]}'

    @api.model
    def _add_loop_scores(self, rows, filters):
        """Add the mean scores of the customers of each group who were asked a second time.

        Scores as they were given, of the metric that is looked at; groups that loops do not know
        have none.
        """
        groupby, scores = filters['groupby'], {}
        if groupby in ('outlet_id', 'technician_id', 'product_id'):
            domain = (Domain('date_second', '!=', False)
                      & Domain('score_kind', '=', filters['metric'])
                      & Domain('company_id', 'in', self.env.companies.ids)
                      & self._get_chosen_purpose(filters, 'user_input_id.aftersales_purpose'))
            if filters['wave_id']:
                domain &= Domain('invitation_id.wave_id', '=', filters['wave_id'])
            domain &= self._get_day_domain(self._get_period_start(filters), None, 'create_date')
            scores = {value.id: means for value, *means in self.env['aftersales.loop']._read_group(
                domain, [groupby], ['first_score:avg', 'second_score:avg'])}
        for row in rows:
            # a group without outlet is a record without id, here as there
            first, second = scores.get(row['value'].id, (None, None)) if scores else (None, None)
            row.update(first_score=first, second_score=second)

    # === WORDS === #

    @api.model
    def _get_choices(self):
        """Return what can be chosen on the board."""
        waves = self.env['aftersales.survey.wave'].search(
            [('state', 'in', ('running', 'closed'))], limit=MOST_WAVES)
        return {
            'metrics': [{'name': name, 'label': label, 'unit': METRICS[name][2]}
                        for name, label in self._get_metric_labels() if name != 'gap'],
            'groupbys': [{'name': name, 'label': label}
                         for name, label in self._get_group_labels()],
            'purposes': [{'name': name, 'label': label} for name, label in self._get_labels(
                'survey.survey', 'aftersales_purpose')],
            'periods': [{'name': name, 'label': label}
                        for name, label in self._get_period_labels()],
            'waves': [{'id': wave.id, 'name': wave.display_name} for wave in waves]}

    @api.model
    def _get_metric_labels(self):
        labels = {
            'csi': self.env._("Index (CSI)"),
            'nps': self.env._("Recommendation (NPS)"),
            'csat': self.env._("Satisfied (CSAT)"),
            'ces': self.env._("Effort (CES)"),
            'gap': self.env._("SERVQUAL Gap"),
        }
        return list(labels.items())

    @api.model
    def _get_group_labels(self):
        described = self.fields_get([name for name in GROUPS if name != MONTH], ['string'])
        return [(name, self.env._("Month") if name == MONTH else described[name]['string'])
                for name in GROUPS]

    @api.model
    def _get_period_labels(self):
        labels = {
            '1': self.env._("This month"),
            '3': self.env._("3 months"),
            '12': self.env._("12 months"),
            '24': self.env._("24 months"),
            'all': self.env._("Any time"),
        }
        return list(labels.items())

    @api.model
    def _without_value(self, row):
        return {name: value for name, value in row.items() if name not in ('value', 'domain')}
