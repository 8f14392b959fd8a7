from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.aftersales_service.tools.timezone import day_bounds, to_utc

from ..models.survey_survey import OTHER_PURPOSES
from ..tools.charts import matrix_chart, trend_chart
from ..tools.figures import (
    COUNTS,
    METRICS,
    add_up,
    describe_figure,
    describe_response,
    rank,
)
from ..tools.scores import control_limits
from ..tools.word_list import count_words

# column of a tally -> aggregate of the report
_AGGREGATES = {
    'is_asked': 'is_asked:sum', 'is_answered': 'is_answered:sum', 'is_refused': 'is_refused:sum',
    'is_excluded': 'is_excluded:sum', 'is_partial': 'is_partial:sum',
    'nps_count': 'nps_points:count', 'promoter_count': 'is_promoter:sum',
    'detractor_count': 'is_detractor:sum', 'csat_count': 'csat_points:count',
    'satisfied_count': 'csat_points:sum', 'csi_count': 'csi:count', 'csi_sum': 'csi:sum',
    'csi_square': 'csi_square:sum', 'ces_count': 'ces:count', 'ces_sum': 'ces:sum',
    'ces_square': 'ces_square:sum', 'gap_count': 'servqual_gap:count',
    'gap_sum': 'servqual_gap:sum', 'gap_square': 'gap_square:sum'}
MONTH = 'date_asked:month'
# a trend of fewer months has no limits
FEWEST_MONTHS = 3
TREND_MONTHS = 24
MOST_TEXTS = 20_000


class AftersalesSurveyReport(models.Model):
    """The figures of the report, each with what it is worth."""

    _inherit = 'aftersales.survey.report'

    @api.model
    def _get_figures(self, domain, groupby=None, minimum=None):
        """Return each figure with number, reach, response, refusal and interval.

        Hook to call: by pages, evidence and scores that show satisfaction, with the rights of
        the current user. Raises an AccessError where the user may not read the report. One query,
        however many rows; the names of the groups cost one more.

        :param groupby: a field of the report, or ``date_asked:month``; without it one row of all
        :param minimum: fewer answers are too few; by default the setting of the company
        :return: a list of dicts: ``value`` (record, text or instant of the group), ``label``,
            ``domain``; ``all``, ``answered``, ``refused``, ``reached``, ``excluded``, ``partial``;
            ``reach``, ``response``, ``refusal`` in percent (``None``: no customer was asked);
            ``is_small`` (too few answers); ``figures``: ``{metric: {'value', 'n', 'low', 'high',
            'is_small', 'rank', 'unit'}}`` of csi, nps, csat, ces and gap. Rows come in the order
            of their group; ranks are within the list, and small samples have none
        """
        minimum = self.env.company.aftersales_survey_minimum if minimum is None else minimum
        return self._describe_rows(self._read_tallies(domain, groupby), minimum)

    @api.model
    def _read_tallies(self, domain, groupby=None):
        """Return ``[(value, label, domain, tally)]`` of the groups."""
        domain = Domain(domain)
        groups = self._read_group(domain, [groupby] if groupby else [], list(_AGGREGATES.values()))
        rows = []
        for group in groups:
            value, numbers = (group[0], group[1:]) if groupby else (None, group)
            tally = dict(zip(_AGGREGATES, numbers, strict=True))
            # satisfied answers are worth 100 each
            tally['satisfied_count'] = (tally['satisfied_count'] or 0.0) / 100.0
            rows.append((value, self._get_label(groupby, value),
                         domain & self._get_group_domain(groupby, value), tally))
        return rows

    @api.model
    def _describe_rows(self, rows, minimum):
        described = [{
            'value': value, 'label': label, 'domain': list(domain), **describe_response(tally),
            'is_small': (tally['is_answered'] or 0) < minimum,
            'figures': {metric: describe_figure(metric, tally, minimum) for metric in METRICS},
        } for value, label, domain, tally in rows]
        for metric in METRICS:
            rank([row['figures'][metric] for row in described])
        return described

    @api.model
    def _drop_intervals(self, rows):
        """Leave figures without an interval: those of a quota sample, which is not random."""
        for row in rows:
            for figure in row['figures'].values():
                figure.update(low=None, high=None)

    @api.model
    def _get_label(self, groupby, value):
        """Return what a group is called, in the user's language."""
        if not groupby:
            return self.env._("All")
        if not value:
            return self.env._("None")
        if groupby == MONTH:
            return format_date(self.env, value, date_format='yyyy-MM')
        if isinstance(value, models.BaseModel):
            # an outlet of a company that is not chosen has figures and a name all the same: who
            # reads the report was checked, and the name of a technician or outlet is no secret
            return value.sudo().display_name
        return dict(self._fields[groupby]._description_selection(self.env)).get(value, value)

    @api.model
    def _get_group_domain(self, groupby, value):
        if not groupby:
            return Domain.TRUE
        if groupby == MONTH:
            # core truncates in the user's time zone, and gives the local instant back
            zone = self.env.context.get('tz') or 'UTC'
            return (Domain('date_asked', '>=', to_utc(value, zone))
                    & Domain('date_asked', '<', to_utc(value + relativedelta(months=1), zone))
                    ) if value else Domain('date_asked', '=', False)
        return Domain(groupby, '=', value.id if hasattr(value, 'ids') else value)

    # === WORDS === #

    @api.model
    def _count_words(self, answers_domain):
        """Return the most frequent words of the open answers that count.

        With the rights of the current user, who has to read answers.

        :param answers_domain: of ``survey.user_input``
        """
        lines = self.env['survey.user_input.line'].search_fetch(
            Domain('answer_type', 'in', ('text_box', 'char_box')) & Domain('skipped', '=', False)
            & Domain('user_input_id', 'any', self._get_counted_domain(answers_domain)),
            ['value_text_box', 'value_char_box'], limit=MOST_TEXTS)
        return count_words(line._get_words() for line in lines)

    # === ITEMS AND DIMENSIONS === #

    @api.model
    def _get_items(self, answers_domain, minimum=None):
        """Return the index items, and the gaps of expectation and perception by dimension.

        Hook to call: by reports, with the rights of the current user. Raises an AccessError where
        the user may not read answers. One query for all answers, and one for the questions.

        :param answers_domain: of ``survey.user_input``; answers that do not count are left out
        :return: ``(items, gaps)``: dicts with ``label``, ``n``, ``is_small`` and ``performance``
            (0 to 100), ``importance`` (weight); or ``expectation``, ``perception``, ``gap``,
            ``weight`` of a dimension; both with the title of their questionnaire (``survey``)
        """
        minimum = self.env.company.aftersales_survey_minimum if minimum is None else minimum
        rated = self._read_ratings(answers_domain)
        index = self._get_one_survey(rated, ['csi'])
        quality = self._get_one_survey(rated, ['expectation', 'perception'])
        items, dimensions = {}, {}
        for question, count, mean in rated:
            if question.survey_id != (index if question.aftersales_metric == 'csi' else quality):
                continue  # the weights of another questionnaire are on another scale
            if question.aftersales_metric == 'csi':
                label = question.aftersales_topic or question.title
                item = items.setdefault(label, {'n': 0, 'total': 0.0, 'weight': 0.0})
                item['n'] += count
                item['total'] += count * 100.0 * mean / (question.scale_max or 5)
                item['weight'] = max(item['weight'], question.aftersales_weight)
            elif question.aftersales_dimension:
                half = dimensions.setdefault(question.aftersales_dimension, {}).setdefault(
                    question.aftersales_metric, {'n': 0, 'total': 0.0, 'weight': 0.0})
                half['n'] += count
                half['total'] += count * mean
                half['weight'] += question.aftersales_weight
        return (
            [{'label': label, 'n': item['n'], 'is_small': item['n'] < minimum,
              'importance': item['weight'], 'performance': item['total'] / item['n'],
              'survey': index.title} for label, item in items.items()],
            [{**gap, 'survey': quality.title}
             for gap in self._describe_gaps(dimensions, minimum)])

    @api.model
    def _get_one_survey(self, rated, metrics):
        """Return the questionnaire of which most ratings of these metrics are."""
        counts = {}
        for question, count, __ in rated:
            if question.aftersales_metric in metrics:
                counts[question.survey_id] = counts.get(question.survey_id, 0) + count
        return max(counts, key=lambda survey: (counts[survey], survey.id),
                   default=self.env['survey.survey'])

    @api.model
    def _read_ratings(self, answers_domain):
        """Return ``[(question, number, mean)]`` of the rated questions, in their order."""
        lines = self.env['survey.user_input.line']
        groups = lines._read_group(
            Domain('user_input_id', 'any', self._get_counted_domain(answers_domain))
            & Domain('question_id.aftersales_metric', 'in', ['csi', 'expectation', 'perception'])
            & Domain('skipped', '=', False) & Domain('answer_type', '=', 'scale'),
            ['question_id'], ['__count', 'value_scale:avg'])
        return sorted(
            ((question, count, float(mean)) for question, count, mean in groups
             if mean is not None),
            key=lambda row: (row[0].survey_id.id, row[0].sequence, row[0].id))

    @api.model
    def _get_counted_domain(self, answers_domain):
        """Return the domain of the answers that count."""
        return (Domain(answers_domain) & Domain('date_scored', '!=', False)
                & Domain('is_valid', '=', True) & Domain('test_entry', '=', False)
                & Domain('survey_id.survey_type', '=', 'aftersales'))

    @api.model
    def _describe_gaps(self, dimensions, minimum):
        labels = dict(self.env['survey.question']._fields['aftersales_dimension']
                      ._description_selection(self.env))
        gaps = []
        for dimension, halves in dimensions.items():
            if len(halves) < 2:
                continue  # perceptions alone have no gap
            means = {name: half['total'] / half['n'] for name, half in halves.items()}
            count = min(half['n'] for half in halves.values())
            gaps.append({
                'label': labels[dimension], 'n': count, 'is_small': count < minimum, **means,
                'gap': means['perception'] - means['expectation'],
                'weight': halves['perception']['weight']})
        return gaps

    # === TREND AND CHARTS === #

    @api.model
    def _get_trend(self, domain, metric, minimum=None):
        """Return the chart of a metric by month, with mean ± 3 sd of the months with enough."""
        minimum = self.env.company.aftersales_survey_minimum if minimum is None else minimum
        points = [{'label': row['label'], **{
            name: row['figures'][metric][name] for name in ('value', 'n', 'is_small')}}
            for row in self._get_figures(domain, MONTH, minimum) if row['value']]
        values = [point['value'] for point in points if not point['is_small']]
        limits = control_limits(values) if len(values) >= FEWEST_MONTHS else None
        low, high, __ = METRICS[metric]
        return trend_chart(
            points[-TREND_MONTHS:], limits and (
                max(limits.low, low), limits.mean, min(limits.high, high)), low, high)

    @api.model
    def _get_matrix(self, items):
        """Return the importance-performance chart of weighted items."""
        return matrix_chart([item for item in items if item['importance']])

    @api.model
    def _sum_rows(self, rows, minimum):
        """Return one row of all groups of ``_read_tallies``: no second query for the whole."""
        total = add_up([tally for *__, tally in rows]) if rows else dict.fromkeys(COUNTS, 0)
        return self._describe_rows(
            [(None, self.env._("All"), Domain.TRUE, total)], minimum)[0]

    @api.model
    def _get_purpose_domain(self, purpose=None, name='purpose'):
        """Return the domain of who was asked for a purpose; without one, of customers.

        Hook to call: by what shows figures of more than one questionnaire, with any rights. Own
        staff, mystery visitors and who compares competitors stand in a figure only where their
        purpose is chosen. Raises nothing.

        :param purpose: a value of ``aftersales_purpose`` of ``survey.survey``
        :param name: the field that holds the purpose, where the domain is of another model
        """
        return Domain(name, '=', purpose) if purpose else ~Domain(name, 'in', OTHER_PURPOSES)

    @api.model
    def _get_day_domain(self, date_from, date_to, name='date_asked'):
        """Return the domain of who was asked from one day to another; both may be open.

        Days are those of the company, wherever the reader is.

        :param name: the moment that counts, where the domain is of another model
        """
        zone = self.env.company._get_aftersales_zone()
        domain = Domain.TRUE
        if date_from:
            domain &= Domain(name, '>=', day_bounds(date_from, zone)[0])
        if date_to:
            domain &= Domain(name, '<', day_bounds(date_to, zone)[1])
        return domain
