from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools.figures import describe_deviations
from ..tools.sampling import (
    SamplingError,
    allocate_neyman,
    allocate_proportional,
    draw_clusters,
    draw_multi_stage,
    draw_simple,
    draw_stratified,
    draw_systematic,
    expected_answers,
    margin_of_error,
    sample_size,
    size_to_ask,
)
from .aftersales_survey_wave_estimate import REPORT_GROUPS
from .roles import MANAGER

FEWEST_ANSWERS = 30  # from which on earlier answers say how much a group differs
FEWEST_TO_TELL = 10  # with fewer answers the margin is wider than ± 30 points
DEVIATION_METRICS = ('csat', 'csi', 'nps', 'ces')  # the first with enough answers counts


class AftersalesSurveyWave(models.Model):
    """Whom a wave draws, and what such a sample will tell."""

    _inherit = 'aftersales.survey.wave'

    deviation_metric = fields.Selection(
        lambda self: self.env['aftersales.survey.report']._get_metric_labels(),
        string="Deviation of", readonly=True, copy=False, protected=True)

    @api.depends('population')
    def _compute_stratum_choices(self):
        """List the features by which the records that are asked about can be divided."""
        for wave in self:
            wave.stratum_choices = list(
                self.env[wave.population]._survey_strata) if wave.population else []

    # === WORDS === #

    @api.depends('exclusions')
    @api.depends_context('lang')
    def _compute_exclusion_note(self):
        labels = dict(self.env['aftersales.survey.invitation']._fields[
            'exclusion']._description_selection(self.env))
        for wave in self:
            wave.exclusion_note = "\n".join(
                f"{labels.get(reason, reason)}: {count}"
                for reason, count in (wave.exclusions or {}).items() if count) or False

    @api.depends('population_count', 'eligible_count', 'asked_count', 'margin', 'confidence',
                 'share', 'response', 'size_wished', 'method', 'allocation', 'deviation_metric',
                 'stratum_ids.deviation_basis')
    @api.depends_context('lang')
    def _compute_explanation(self):
        for wave in self:
            wave.explanation = wave.kind == 'campaign' and wave.date_drawn and wave._explain(
                wave.population_count, wave.eligible_count, wave.asked_count)

    def _explain(self, found, eligible, asked):
        """Return in words what a sample of ``asked`` of ``eligible`` customers tells.

        :param found: how many there were before exclusions
        """
        self.ensure_one()
        if not eligible:
            return self.env._(
                "Of %(found)s customers found, none can be asked. Widen the filter, or look at "
                "what is left out.", found=found)
        level, share, response = int(self.confidence) / 100, self.share / 100, self.response / 100
        needed = sample_size(eligible, self.margin / 100, level, share)
        wanted, answers = size_to_ask(needed, response), expected_answers(asked, response)
        facts = {
            'found': found, 'eligible': eligible, 'needed': needed, 'wanted': wanted,
            'asked': asked, 'answers': answers, 'margin': f"{self.margin:g}",
            'level': self.confidence, 'response': f"{self.response:g}",
            'reached': f"{100 * margin_of_error(answers, eligible, level, share):.1f}"}
        sentences = [
            self.env._("%(eligible)s of %(found)s customers found can be asked.", **facts),
            self.env._(
                "± %(margin)s points at %(level)s %%: %(needed)s of %(eligible)s must answer; "
                "with %(response)s %% answers ask %(wanted)s.", **facts)]
        if wanted > eligible:
            sentences.append(self.env._("That is more than there are."))
        if self.method == 'quota':
            sentences.append(self.env._(
                "%(asked)s are asked. A quota sample is not random: it has no margin of error.",
                **facts))
        elif answers < FEWEST_TO_TELL:
            sentences.append(self.env._(
                "%(asked)s are asked; about %(answers)s answers are expected, too few to tell a "
                "share.", **facts))
        elif asked == eligible:
            sentences.append(self.env._(
                "All %(asked)s are asked; about %(answers)s answers tell a share within ± "
                "%(reached)s points.", **facts))
        else:
            sentences.append(self.env._(
                "%(asked)s are asked; about %(answers)s answers tell a share within ± %(reached)s "
                "points.", **facts))
        if self.method in ('cluster', 'multi_stage'):
            sentences.append(self.env._(
                "Customers of one group are alike: the true margin is wider."))
        if self.method == 'stratified' and self.allocation == 'neyman':
            sentences.append(self._explain_deviations())
        return " ".join(sentences)

    def _explain_deviations(self):
        """Return in words by what a Neyman sample was divided."""
        bases = self.stratum_ids.mapped('deviation_basis')
        if bases and set(bases) <= {'none'}:
            return self.env._(
                "Divided by size alone: earlier answers are too few to tell how much each group "
                "differs.")
        labels = dict(self._fields['deviation_metric']._description_selection(self.env))
        return self.env._(
            "Divided by size and by how much answers differ (%(figure)s). Groups with a deviation "
            "of their own answers: %(own)s, of all answers: %(all)s, typed in: %(typed)s.",
            figure=labels.get(self.deviation_metric, "–"), own=bases.count('own'),
            all=bases.count('all') + bases.count('none'), typed=bases.count('typed'))

    # === ACTIONS === #

    def action_draw(self):
        """Draw the sample; the same customers give the same list again."""
        self._refuse_where(
            lambda wave: wave.kind != 'campaign',
            self.env._("Continuous waves ask after each event: launch them without a draw"))
        self._set_state('drawn')

    def action_redraft(self):
        """Take waves back whose sample was drawn, to change it."""
        self._set_state('draft')

    def action_count_groups(self):
        """List the strata or quota cells with their sizes, so that numbers can be set."""
        self._ensure_may_draw()
        self._refuse_where(
            lambda wave: wave.state != 'draft' or wave.method not in ('stratified', 'quota'),
            self.env._("Only drafts with strata or quotas have groups to count"))
        for wave in self:
            groups = wave._get_groups(wave._measure()[0], [wave.stratum_by])
            wave._keep_strata({key: len(ids) for (key,), ids in groups.items()})

    def action_view_drawn(self):
        """Show the records whose customers were drawn."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window', 'res_model': self.population,
            'view_mode': 'list,form', 'domain': [('id', 'in', self.drawn_ids or [])],
            'name': self.env._("Drawn Sample")}

    def _ensure_may_draw(self):
        self.check_access('write')
        self._ensure_role_draws()

    @api.model
    def _ensure_role_draws(self):
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Survey managers draw samples: ask one."))

    # === DRAW === #

    def _ensure_drawn(self):
        """Refuse samples that are impossible; the draw itself follows when the state is written."""
        now = fields.Datetime.now()
        self._refuse_where(
            lambda wave: wave.date_deadline and wave.date_deadline <= now,
            self.env._("The deadline has passed already: choose a later one"))
        self.survey_id._check_aftersales_questions()

    def _on_drawn(self):
        for wave in self:
            wave._draw()

    def _on_draft(self):
        self.write({'drawn_ids': False, 'asked_count': 0, 'date_drawn': False})
        self.stratum_ids.write({'drawn_count': 0})

    def _draw(self):
        """Draw the list of one wave by its seed, and note what it was drawn from."""
        ids, counts = self._measure()
        if not ids:
            raise UserError(self.env._(
                "“%(wave)s” finds no customer to ask: widen the filter, or look at what is left "
                "out (%(left_out)s customers).", wave=self.name, left_out=sum(counts.values())))
        size = self._get_size(len(ids))
        if self.method in ('simple', 'systematic'):
            self.stratum_ids.unlink()
        drawn = getattr(self, f'_draw_{self.method}')(ids, size)
        self.write({
            'drawn_ids': drawn, 'asked_count': len(drawn), 'eligible_count': len(ids),
            'population_count': len(ids) + sum(counts.values()), 'exclusions': counts})

    def _get_size(self, eligible):
        """Return how many of ``eligible`` customers are asked.

        :raise UserError: more than there are
        """
        self.ensure_one()
        if self.size_wished > eligible:
            raise UserError(self.env._(
                "“%(wave)s” asks %(size)s customers, but only %(eligible)s can be asked: lower "
                "“Ask Exactly”, or widen the filter.",
                wave=self.name, size=self.size_wished, eligible=eligible))
        needed = sample_size(
            eligible, self.margin / 100, int(self.confidence) / 100, self.share / 100)
        return self.size_wished or min(eligible, size_to_ask(needed, self.response / 100))

    def _draw_simple(self, ids, size):
        return draw_simple(ids, size, self.seed)

    def _draw_systematic(self, ids, size):
        return draw_systematic(ids, size, self.seed)

    def _draw_stratified(self, ids, size):
        groups = {key: members for (key,), members in self._get_groups(
            ids, [self.stratum_by]).items()}
        sizes = {key: len(members) for key, members in groups.items()}
        strata = self._keep_strata(sizes)
        shares = allocate_proportional(size, sizes) if self.allocation == 'proportional' else (
            allocate_neyman(size, sizes, {key: strata[key].deviation for key in sizes}))
        return self._note_strata(strata, draw_stratified(groups, shares, self.seed))

    def _draw_quota(self, ids, size):
        """Draw the quota of each cell; where no cell has one, in proportion to the sizes."""
        groups = {key: members for (key,), members in self._get_groups(
            ids, [self.stratum_by]).items()}
        sizes = {key: len(members) for key, members in groups.items()}
        strata = self._keep_strata(sizes)
        wanted = {key: stratum.quota for key, stratum in strata.items()}
        if not any(wanted.values()):
            wanted = allocate_proportional(size, sizes)
            for key, stratum in strata.items():
                stratum.quota = wanted.get(key, 0)
        try:
            drawn = draw_stratified(groups, wanted, self.seed)
        except SamplingError as error:
            raise UserError(self.env._(
                "The quotas of these cells of “%(wave)s” are larger than the cells: %(cells)s. "
                "Lower them, or widen the filter.", wave=self.name, cells=", ".join(
                    f"{strata[key].name} ({wanted[key]} > {sizes.get(key, 0)})"
                    for key in error.keys))) from error
        return self._note_strata(strata, drawn)

    def _draw_cluster(self, ids, size):
        groups = {key: members for (key,), members in self._get_groups(
            ids, [self.cluster_by]).items()}
        self._ensure_enough_groups(self.cluster_count, len(groups))
        strata = self._keep_strata({key: len(members) for key, members in groups.items()},
                                   self.cluster_by)
        return self._note_strata(strata, draw_clusters(groups, self.cluster_count, self.seed))

    def _draw_multi_stage(self, ids, size):
        tree, sizes = {}, {}
        for (first, second), members in self._get_groups(
                ids, [self.stratum_by, self.cluster_by]).items():
            tree.setdefault(first, {})[second] = members
            sizes[first] = sizes.get(first, 0) + len(members)
        self._ensure_enough_groups(self.stage_count, len(tree))
        try:
            drawn = draw_multi_stage(
                tree, self.stage_count, max(self.cluster_count, 1), size, self.seed)
        except SamplingError as error:
            raise UserError(self.env._(
                "The groups that “%(wave)s” drew have fewer customers than the %(size)s to ask: "
                "draw more groups, or ask fewer.", wave=self.name, size=size)) from error
        by_first = {}
        for (first, __), members in drawn.items():
            by_first.setdefault(first, []).extend(members)
        return self._note_strata(self._keep_strata(sizes), by_first)

    def _ensure_enough_groups(self, wanted, there_are):
        if not 0 < wanted <= there_are:
            raise UserError(self.env._(
                "“%(wave)s” draws %(wanted)s groups of %(groups)s: choose a number from 1 to "
                "%(groups)s.", wave=self.name, wanted=wanted, groups=there_are))

    # === STRATA === #

    def _keep_strata(self, sizes, feature=None):
        """Give one wave a row for each group, keep what people set, and return ``{key: row}``."""
        feature = feature or self.stratum_by
        # the caller checked the right to draw; rows are made by draws alone
        strata = self.sudo().stratum_ids
        keys = {str(key): key for key in sizes}
        names = self._get_group_names(feature, sizes)
        # a cell with a quota stays, so that it can be named when it is empty
        gone = strata.filtered(lambda row: row.feature != feature or (
            row.key not in keys and not row.quota))
        rows = {row.key: row for row in strata - gone}
        gone.unlink()
        missing = {text: key for text, key in keys.items() if text not in rows}
        metric, own, of_all = self._get_deviations(feature) if missing else (False, {}, None)
        if metric:
            self.sudo().deviation_metric = metric  # as above
        made = strata.create([{
            'wave_id': self.id, 'feature': feature, 'key': text, 'name': names[key],
            'deviation': own.get(text, of_all or 0.5),
            'deviation_basis': 'own' if text in own else 'all' if of_all else 'none'}
            for text, key in missing.items()])
        rows |= {row.key: row for row in made}
        for text, row in rows.items():
            row.population_count = sizes.get(keys.get(text), 0)
        return {keys.get(text, text): row for text, row in rows.items()}

    def _note_strata(self, strata, drawn):
        """Note how many of each group were drawn, and return all of them in order."""
        for key, row in strata.items():
            row.drawn_count = len(drawn.get(key, ()))
        return sorted(one for members in drawn.values() for one in members)

    def _get_deviations(self, feature):
        """Return how much earlier answers to the questionnaire differ, by group and within all.

        Of the first figure that has enough answers: a questionnaire need not ask each.

        :return: ``(metric, {key of the stratum: deviation}, deviation within all groups)``;
            ``(False, {}, None)`` where answers are too few
        """
        groupby = REPORT_GROUPS.get(feature)
        if groupby:
            report = self.env['aftersales.survey.report'].with_company(self.company_id)
            tallies = {str(value.id): tally for value, *__, tally in report._read_tallies(
                Domain('survey_id', '=', self.survey_id.id)
                & Domain('company_id', '=', self.company_id.id), groupby)}
            for metric in DEVIATION_METRICS:
                if found := describe_deviations(metric, tallies, FEWEST_ANSWERS):
                    return metric, *found
        return False, {}, None
