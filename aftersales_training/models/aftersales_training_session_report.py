from odoo import models

from ..tools.effect import mean, share
from .aftersales_training_trainer import LEAST_RATINGS

THERE = ('attended', 'passed', 'failed')


class AftersalesTrainingSession(models.Model):
    """The figures of the training report (培训报告书), by Kirkpatrick's four levels."""

    _inherit = 'aftersales.training.session'

    def _get_figures(self):
        """Return numbers, means and shares of this session; ``None`` where there is no base.

        Reactions of fewer than three people are left out: they would say who gave what. For
        forms of who holds the session and of training officers.

        :raise AccessError: the user may not write the session
        """
        self.ensure_one()
        # a learner reads the session, too, and a mean of two would say what the other got
        self.check_access('write')
        # means and numbers only, of people whose answers the reader may not see one by one
        people = self.sudo().attendance_ids.filtered(lambda one: one.state != 'declined')
        there = people.filtered(lambda one: one.state in THERE)
        judged = there.filtered(lambda one: one.state != 'attended')
        rated = there.filtered('date_reaction')
        figures = {
            'invited': len(people), 'there': len(there),
            'attendance_rate': share(len(there), len(people)),
            'passed': len(there.filtered(lambda one: one.state == 'passed')),
            'pass_rate': share(len(judged.filtered(lambda one: one.state == 'passed')),
                               len(judged)),
            'rated': len(rated),
            'reaction': self._mean(rated, 'reaction', LEAST_RATINGS),
            'pre': self._mean(there.filtered('date_pre'), 'pre_score'),
            'theory': self._mean(there.filtered('date_theory'), 'theory'),
            'gain': self._mean(there.filtered(
                lambda one: one.date_pre and one.date_theory and one.pre_score), 'gain'),
            'behaviour': self._mean(there.filtered('date_behaviour'), 'behaviour'),
        }
        counted = there.filtered('date_effect')
        for when in ('before', 'after'):
            repairs = sum(counted.mapped(f'repairs_{when}'))
            figures |= {
                f'fix_rate_{when}': share(sum(counted.mapped(f'fixes_{when}')), repairs),
                f'repeat_rate_{when}': share(sum(counted.mapped(f'repeats_{when}')), repairs),
                f'complaints_{when}': sum(counted.mapped(f'complaints_{when}')) if counted
                else None}
        return figures

    def _mean(self, people, name, least=1):
        return mean(people.mapped(name)) if len(people) >= least else None

    def _get_level_rows(self):
        """Return the rows of the table of effects: level, measure, value, target, judgement.

        A value without base is ``None``; a row without target is never below it.
        """
        figures, company = self._get_figures(), self.company_id
        reaction, learning, behaviour, results = (
            self.env._("1 Reaction"), self.env._("2 Learning"), self.env._("3 Behaviour"),
            self.env._("4 Results"))
        rows = [
            (reaction, self.env._("Mean of all questions (1–5)"), figures['reaction'],
             company.aftersales_reaction_target),
            (learning, self.env._("Theory (mean)"), figures['theory'],
             self.course_id.theory_pass),
            (learning, self.env._("Gain (%)"), figures['gain'], company.aftersales_gain_target),
            (behaviour, self.env._("Items right at work (%)"), figures['behaviour'],
             self.course_id.behaviour_pass),
            (results, self.env._("First-time fix before (%)"), figures['fix_rate_before'], None),
            (results, self.env._("First-time fix after (%)"), figures['fix_rate_after'],
             figures['fix_rate_before']),
            (results, self.env._("Repeat repairs before (%)"), figures['repeat_rate_before'],
             None),
            (results, self.env._("Repeat repairs after (%)"), figures['repeat_rate_after'], None),
            (results, self.env._("Complaints before"), figures['complaints_before'], None),
            (results, self.env._("Complaints after"), figures['complaints_after'], None)]
        return [
            {'level': level, 'measure': measure, 'value': self._format_figure(value),
             'target': self._format_figure(target),
             'is_low': value is not None and target is not None and value < target,
             'is_met': value is not None and target is not None and value >= target}
            for level, measure, value, target in rows]

    def _format_figure(self, value):
        return "–" if value is None else f"{value:.1f}".removesuffix('.0')

    def _get_people(self):
        """Return the rows that the forms list: all but those who declined, by name."""
        self.ensure_one()
        return self.attendance_ids.filtered(
            lambda one: one.state != 'declined').sorted(lambda one: one.user_id.name)
