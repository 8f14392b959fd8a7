from odoo import models
from odoo.fields import Domain

# answered with yes, or done already
GOOD = ('accepted', 'trial', 'implemented', 'rewarded')
GROUPS = ('area', 'source', 'state')


class AftersalesSuggestionStatistics(models.TransientModel):
    """Chooses the period of the statistics of suggestions (合理化建议统计表), and counts.

    The number, per head, participation, good ones and money. It counts what the user may read.
    """

    _name = 'aftersales.suggestion.statistics'
    _description = "Suggestion Statistics"
    _inherit = ['aftersales.statistics.mixin']

    _statistics_report = 'aftersales_complaint.action_report_suggestion_statistics'

    def _get_domain(self):
        """Return the domain of the suggestions received in the period."""
        return (Domain('company_id', '=', self.company_id.id)
                & Domain('date_received', '>=', self.date_from)
                & Domain('date_received', '<=', self.date_to))

    def _get_figures(self):
        """Return ``{figure: number}`` of the period."""
        self.ensure_one()
        suggestions, domain = self.env['aftersales.suggestion'], self._get_domain()
        [[count, score, benefit, reward]] = suggestions._read_group(
            domain, aggregates=['__count', 'score:avg', 'benefit_amount:sum',
                                'reward_amount:sum'])
        by_staff = domain & Domain('source', '=', 'staff')
        [[staff, authors]] = suggestions._read_group(
            by_staff, aggregates=['__count', 'author_id:count_distinct'])
        # how many colleagues there are is no secret; nothing else of them is read
        heads = self.env['hr.employee'].sudo().search_count(
            [('company_id', '=', self.company_id.id)])
        good = suggestions.search_count(domain & Domain('state', 'in', GOOD))
        return {
            'count': count, 'staff': staff, 'customers': count - staff, 'authors': authors,
            'heads': heads, 'per_head': staff / heads if heads else None,
            'participation': 100.0 * authors / heads if heads else None,
            'good': good, 'good_share': 100.0 * good / count if count else None,
            'score': score, 'benefit': benefit or 0.0, 'reward': reward or 0.0}

    def _get_tables(self):
        """Return ``[(title, [(name, number, good, benefit, reward)])]``: by area, source, state."""
        suggestions, tables = self.env['aftersales.suggestion'], []
        for name in GROUPS:
            field = suggestions._fields[name]
            labels = dict(field._description_selection(self.env))
            good = dict(suggestions._read_group(
                self._get_domain() & Domain('state', 'in', GOOD), [name], ['__count']))
            tables.append((field._description_string(self.env), [
                (labels[value], count, good.get(value, 0), benefit, reward)
                for value, count, benefit, reward in suggestions._read_group(
                    self._get_domain(), [name],
                    ['__count', 'benefit_amount:sum', 'reward_amount:sum'],
                    order='__count DESC')]))
        return tables

    def _get_signers(self):
        """Return who signs the statistics."""
        return [self.env._("Made by"), self.env._("Checked by")]

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._(
            "Suggestion Statistics %(start)s to %(end)s", start=self.date_from, end=self.date_to)
