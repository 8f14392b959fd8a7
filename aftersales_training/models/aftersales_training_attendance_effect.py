from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.effect import DayCounts, share
from .roles import OFFICER

# what counts as a result: key -> its columns before and after the training
RESULTS = ('jobs', 'fixes', 'repairs', 'repeats', 'complaints')


class AftersalesTrainingAttendance(models.Model):
    """What the training changed (Kirkpatrick): reaction, learning, behaviour, results.

    Reactions are given by those who were there, and shown to training officers alone; trainers
    see means. Results are counted once, in sets, when as many days have passed after the
    training as are looked at before it.
    """

    _inherit = 'aftersales.training.attendance'

    # Level 1: reaction, 1 to 5
    reaction_content = fields.Integer(
        string="Content (1–5)", readonly=True, copy=False, protected=True, groups=OFFICER,
        aggregator='avg')
    reaction_trainer = fields.Integer(
        string="Trainer (1–5)", readonly=True, copy=False, protected=True, groups=OFFICER,
        aggregator='avg')
    reaction_use = fields.Integer(
        string="Use for the Work (1–5)", readonly=True, copy=False, protected=True,
        groups=OFFICER, aggregator='avg')
    reaction = fields.Float(
        string="Reaction (1–5)", readonly=True, copy=False, protected=True, groups=OFFICER,
        aggregator='avg')
    reaction_comment = fields.Text(
        string="Comment on the Training", readonly=True, copy=False, protected=True,
        groups=OFFICER)
    date_reaction = fields.Datetime(
        string="Rated on", readonly=True, copy=False, protected=True, groups=OFFICER)

    # Level 3: behaviour, from the checks of 30, 60 and 90 days
    behaviour = fields.Float(
        string="Behaviour (%)", readonly=True, copy=False, protected=True, aggregator='avg',
        help="Share of the items that were right in the last check of the learner's work.")
    date_behaviour = fields.Date(
        string="Behaviour Checked on", readonly=True, copy=False, protected=True)
    behaviour_planned = fields.Integer(
        string="Behaviour Checks Planned until Day", readonly=True, copy=False, protected=True)

    # Level 4: results, so many days before the training and after it
    date_effect = fields.Date(
        string="Results Counted on", readonly=True, copy=False, protected=True, groups=OFFICER)
    jobs_before = fields.Integer(readonly=True, copy=False, protected=True, groups=OFFICER)
    jobs_after = fields.Integer(readonly=True, copy=False, protected=True, groups=OFFICER)
    fixes_before = fields.Integer(
        string="First-time Fixes before", readonly=True, copy=False, protected=True,
        groups=OFFICER)
    fixes_after = fields.Integer(
        string="First-time Fixes after", readonly=True, copy=False, protected=True,
        groups=OFFICER)
    repairs_before = fields.Integer(
        string="Repairs Judged before", readonly=True, copy=False, protected=True, groups=OFFICER)
    repairs_after = fields.Integer(
        string="Repairs Judged after", readonly=True, copy=False, protected=True, groups=OFFICER)
    repeats_before = fields.Integer(
        string="Repeat Repairs before", readonly=True, copy=False, protected=True,
        groups=OFFICER)
    repeats_after = fields.Integer(
        string="Repeat Repairs after", readonly=True, copy=False, protected=True, groups=OFFICER)
    complaints_before = fields.Integer(
        readonly=True, copy=False, protected=True, groups=OFFICER)
    complaints_after = fields.Integer(
        readonly=True, copy=False, protected=True, groups=OFFICER)
    fix_rate_before = fields.Float(
        string="First-time Fix before (%)", readonly=True, copy=False, protected=True,
        groups=OFFICER, aggregator='avg')
    fix_rate_after = fields.Float(
        string="First-time Fix after (%)", readonly=True, copy=False, protected=True,
        groups=OFFICER, aggregator='avg')

    # === LEVEL 1 === #

    def _record_reaction(self, answers, comment):
        """Keep what a learner who was there says about the training, once.

        :param answers: ``{'content', 'trainer', 'use'}``, each 1 to 5
        """
        self.ensure_one()
        self._refuse_where(
            lambda attendance: attendance.state not in ('attended', 'passed', 'failed'),
            self.env._("Only who was there rates the training"))
        self._refuse_where(
            lambda attendance: not attendance.session_id._can_be_rated(),
            self.env._("Rate the training once it is over"))
        self._refuse_where('date_reaction', self.env._("You have rated this training already"))
        self.write({
            **{f'reaction_{part}': stars for part, stars in answers.items()},
            'reaction': sum(answers.values()) / len(answers),
            'reaction_comment': comment or False, 'date_reaction': fields.Datetime.now()})

    # === LEVEL 3 === #

    @api.model
    def _cron_follow_up(self, batch_size=200):
        """Plan the behaviour checks that are due, and count the results that are complete."""
        for find, follow in (
                (self._get_checked_domain, '_plan_behaviour_checks'),
                (self._get_effect_domain, '_count_results')):
            for company in self.env['res.company'].search([('active', '=', True)]):
                # the domain of one company: its days are its own
                domain = find(company)
                while batch := self.search(domain, limit=batch_size).try_lock_for_update():
                    getattr(batch, follow)(company)  # takes the batch out of the domain
                    if not self.env['ir.cron']._commit_progress(len(batch)):
                        return

    @api.model
    def _get_checked_domain(self, company):
        """Return the domain of those whose next behaviour check is due, and has a sheet."""
        domain = Domain.FALSE
        now, earlier = fields.Datetime.now(), 0
        for days in company._get_behaviour_days():
            domain |= Domain('behaviour_planned', '=', earlier) & Domain(
                'session_id.date_end', '<=', now - timedelta(days=days))
            earlier = days
        return (domain & Domain('company_id', '=', company.id) & Domain('state', '=', 'passed')
                & Domain('course_id.item_ids.kind', '=', 'behaviour'))

    def _plan_behaviour_checks(self, company):
        """Ask who coaches, or holds the session, to look at the learner's work."""
        checks = self.env['aftersales.training.check']
        ends = {attendance: attendance.session_id.date_end for attendance in self}
        now = fields.Datetime.now()
        for attendance in self:
            due = [days for days in company._get_behaviour_days()
                   if ends[attendance] + timedelta(days=days) <= now]
            # one check for each day that has come; a cron that stood still asks once
            attendance.behaviour_planned = max(due)
        checks._plan_behaviour(self)

    def _record_behaviour(self, share_right, day):
        """Keep how much of the learner's work was right in a behaviour check.

        Hook to call: by the check when it is done, as superuser after its own check of the
        examiner, for one learner. Raises nothing.

        :param share_right: 0 to 100
        """
        self.ensure_one()
        self.write({'behaviour': share_right, 'date_behaviour': day})

    # === LEVEL 4 === #

    @api.model
    def _get_effect_domain(self, company):
        """Return the domain of those whose days after the training can be judged.

        The repair of the last day must have held as long as the company asks for.
        """
        days = company.aftersales_effect_days + company.aftersales_repair_days + 1
        end = fields.Datetime.now() - timedelta(days=days)
        return (Domain('company_id', '=', company.id) & Domain('date_effect', '=', False)
                & Domain('state', 'in', ('attended', 'passed', 'failed'))
                & Domain('session_id.state', '=', 'held')
                & Domain('session_id.date_end', '<=', end))

    def _count_results(self, company):
        """Count the learners' work before and after the training, in one query per source."""
        days = company.aftersales_effect_days
        span_of = {
            attendance: tuple(company._get_aftersales_day(attendance.session_id[name])
                              for name in ('date_start', 'date_end'))
            for attendance in self}
        counts = self._read_results(
            company, self.user_id,
            min(first for first, __ in span_of.values()) - timedelta(days=days),
            max(last for __, last in span_of.values()) + timedelta(days=days + 1))
        for attendance in self:
            vals = {'date_effect': fields.Date.context_today(self)}
            for key in RESULTS:
                rows = counts.get(key, {}).get(attendance.user_id.id, [])
                before, after = DayCounts(rows).around(*span_of[attendance], days)
                vals |= {f'{key}_before': before, f'{key}_after': after}
            for when in ('before', 'after'):
                rate = share(vals[f'fixes_{when}'], vals[f'repairs_{when}'])
                if rate is not None:  # an empty column counts in no mean
                    vals[f'fix_rate_{when}'] = rate
            attendance.write(vals)

    @api.model
    def _read_results(self, company, people, first, end):
        """Return ``{key: {user id: [(day, count)]}}`` of what people did from ``first`` to ``end``.

        Hook: called by the cron as superuser, for the people of a batch of one company; a bridge
        adds its key by ``super() | {…}``. Keys: jobs done, repairs judged, first-time fixes,
        repeat repairs, complaints. Raises nothing.
        """
        # days as the company's calendar has them, for every caller
        report = self.env['aftersales.order.report'].with_context(
            tz=company._get_aftersales_zone())
        rows = report._read_group(
            [('company_id', '=', company.id), ('technician_id', 'in', people.ids),
             ('date_done', '>=', first), ('date_done', '<', end)],
            ['technician_id', 'date_done:day'],
            ['__count', 'first_time_fix:count', 'first_time_fix:sum', 'came_back:sum'])
        found = {key: defaultdict(list) for key in ('jobs', 'repairs', 'fixes', 'repeats')}
        for user, moment, *numbers in rows:
            for key, number in zip(found, numbers, strict=True):
                found[key][user.id].append((moment.date(), int(number or 0)))
        return found
