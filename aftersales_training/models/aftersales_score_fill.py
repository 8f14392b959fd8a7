from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools.score import get_correction, get_month, get_total
from .aftersales_kpi import MANUAL
from .aftersales_kpi_measure import LINKS

# sheets of one committed batch: each counts the month again, which thousands cost little more
BATCH = 2000


class AftersalesScore(models.Model):
    """Where the figures of a month come from: measured for all people at once."""

    _inherit = 'aftersales.score'

    def action_measure(self):
        """Count again; what people wrote and marked stays."""
        self.check_access('write')
        self._ensure_reviewer()
        self._refuse_where(
            lambda sheet: sheet.state not in ('draft', 'own', 'manager'),
            self.env._("These sheets are served: what turns out now is corrected next month"))
        self._ensure_free_to_move()
        self.sudo()._fill()  # the right to write and the role were checked above

    # === PEOPLE === #

    @api.model
    def _get_people(self, company, month, subject):
        """Return who gets a sheet of a month: who did or took orders in it.

        Hook: called as superuser for one company and kind of people, when sheets are made.
        Extend it by ``super() | …``. Raises nothing.
        """
        link = LINKS[subject]
        name = 'date_event' if subject == 'desk' else 'date_done'
        frame = self.env['aftersales.kpi']._get_frame(
            company, month, self.env['res.users'], subject)
        rows = self.env['aftersales.order']._read_group(
            Domain('company_id', '=', company.id) & Domain(link, '!=', False)
            & frame.within(name), [link])
        model = 'aftersales.outlet' if subject == 'outlet' else 'res.users'
        people = self.env[model].union(*(row[0] for row in rows)).filtered('active')
        return people.filtered('manager_id') if subject == 'outlet' else people

    @api.model
    def _prepare_sheet_vals(self, company, month, subject, person):
        """Return the values of the sheet of one person or outlet.

        Hook: called as superuser when sheets are made. Raises nothing.
        """
        is_outlet = subject == 'outlet'
        outlet = person if is_outlet else person.aftersales_outlet_ids.filtered(
            lambda outlet: outlet.company_id == company)[:1]
        user = person.manager_id if is_outlet else person
        chiefs = outlet.manager_id | outlet.parent_id.manager_id if not is_outlet else (
            outlet.parent_id.manager_id)
        chiefs |= user.with_company(company).employee_id.parent_id.user_id
        # outlets' people have no access to sheets but their own
        chief = (chiefs - user).filtered(lambda chief: not chief.share)[:1]
        return {
            'company_id': company.id, 'month': month, 'subject': subject, 'user_id': user.id,
            'outlet_id': outlet.id, 'manager_id': chief.id}

    @api.model
    def _make_sheets(self, company, month, subject, people=None):
        """Make and fill the sheets that are missing in a month; return them as superuser.

        Hook to call: by code that checked the right to make them, for one company and kind; in
        sets, whatever the number of people. People who have a sheet keep it.

        :raise UserError: the month is not over yet
        """
        first, last = get_month(month)
        if last >= company._get_aftersales_day(fields.Datetime.now()):
            raise UserError(self.env._(
                "The month %(month)s is not over yet: its scores are measured afterwards.",
                month=format_date(self.env, first, date_format='yyyy-MM')))
        sheets = self.sudo()  # the caller checked the right to make sheets
        people = (sheets._get_people(company, first, subject) if people is None
                  else people.sudo())
        link = 'outlet_id' if subject == 'outlet' else 'user_id'
        present = {sheet[link] for sheet in sheets.search_fetch(
            [('company_id', '=', company.id), ('month', '=', first),
             ('subject', '=', subject)], [link])}
        made = sheets.create([
            sheets._prepare_sheet_vals(company, first, subject, person)
            for person in people if person not in present])
        made._fill()
        return made

    # === FIGURES === #

    def _get_person(self):
        self.ensure_one()
        return self.outlet_id if self.subject == 'outlet' else self.user_id

    def _fill(self):
        """Write what the month was like by now, and what turned out about closed months.

        Called as superuser by code that checked who may measure. Marks stay; a sheet that was
        served is left alone by its callers.
        """
        lines = self.env['aftersales.score.line']
        kpis = self.env['aftersales.kpi']
        groups = self.grouped(lambda sheet: (sheet.company_id, sheet.month, sheet.subject))
        for (company, month, subject), sheets in groups.items():
            valid = kpis._get_valid(company, month, subject)
            people = sheets._get_all_people(subject)
            measured = valid._measure(company, month, people, subject)
            vals_list = []
            rules = {kpi: (kpi._get_rule(), lines._prepare_rule_vals(kpi)) for kpi in valid}
            sheets.line_ids.filtered(lambda line, valid=valid: line.kpi_id not in valid).unlink()
            for sheet in sheets:
                figures = measured[sheet._get_person()]
                present = {line.kpi_id: line for line in sheet.line_ids}
                for kpi in valid:
                    good, cases = self._hide_few(figures.get(kpi), kpi.minimum_count)
                    rule, vals = rules[kpi]
                    vals = {**vals, 'numerator': good, 'denominator': cases}
                    if kpi in present:
                        present[kpi].write(vals)
                    else:  # judged here: thousands of new lines are computed once
                        vals_list.append({
                            'score_id': sheet.id, 'company_id': company.id, **vals,
                            **lines._judge(rule, good, cases, kpi, kpi.formula)})
            lines.create(vals_list + sheets._prepare_correction_vals())
            sheets.line_ids._keep_translated_names()
        self._propose_rewards()

    @api.model
    def _hide_few(self, figures, minimum):
        """Return what a line keeps of a count: of too few cases only their number.

        The figure of one rated order would be the stars of that customer.
        """
        good, cases = figures or (0.0, 0.0)
        return (good if cases >= minimum else 0.0), cases

    def _get_all_people(self, subject):
        return self.outlet_id if subject == 'outlet' else self.user_id

    def _prepare_correction_vals(self):
        """Return the lines of what turned out about closed months of these people.

        The sheets are of one company, month and kind. Each closed month that changed gets a line
        of the difference that no other sheet noted yet.
        """
        sample = self[:1]
        company, subject = sample.company_id, sample.subject
        link = 'outlet_id' if subject == 'outlet' else 'user_id'
        since = fields.Date.subtract(
            sample.month, months=company.aftersales_score_correction_months)
        closed = self.search([
            ('company_id', '=', company.id), ('subject', '=', subject), ('state', '=', 'closed'),
            (link, 'in', self[link].ids), ('month', '>=', since), ('month', '<', sample.month)])
        targets = {sheet[link]: sheet for sheet in self}
        vals_list = []
        for month, sheets in closed.grouped('month').items():
            measured = sheets.line_ids.kpi_id._measure(
                company, month, sheets._get_all_people(subject), subject)
            noted = dict(self.env['aftersales.score.line']._read_group(
                [('corrected_id', 'in', sheets.ids)], ['corrected_id'], ['points:sum']))
            for sheet in sheets:
                score, changes, kpis = sheet._judge_again(measured[sheet[link]])
                points = get_correction(sheet.base_score, noted.get(sheet, 0.0), score)
                if points and sheet.is_applicable:
                    vals_list.append({
                        'score_id': targets[sheet[link]].id, 'corrected_id': sheet.id,
                        'sequence': 1000, 'change': points,
                        # what is taken back was changed by an earlier correction
                        'changed_kpi_ids': (
                            kpis or sheet.correction_ids.changed_kpi_ids).ids,
                        'note': "; ".join(changes) or sheet.env._(
                            "Counted as when the month was closed: the correction is taken "
                            "back")})
        return vals_list

    def _judge_again(self, figures):
        """Return what this one closed month would score by now, what changed, and of which.

        What changed are sentences in the language of who measures, of which the indicators. It
        is judged by the targets and weights of that month. Marks, and points of figures that
        did not change, stay as they are stored: an unchanged month keeps its score.
        """
        self.ensure_one()
        parts, changes, kpis = [], [], self.env['aftersales.kpi']
        for line in self.line_ids:  # unfiltered: lines of all the sheets are read together
            if not line.kpi_id:
                continue
            judged = line
            if line.formula != MANUAL:
                good, cases = line._get_figures()
                now = self._hide_few(figures.get(line.kpi_id), line.minimum_count)
                if (round(good, 2), round(cases, 2)) != tuple(round(value, 2) for value in now):
                    changes.append(
                        f"{line.name}: {good:g}/{cases:g} → {now[0]:g}/{now[1]:g}")
                    kpis |= line.kpi_id
                    judged = line._judge(line._get_rule(), *now, line.kpi_id, line.formula)
            parts.append((judged['points'] if judged['is_applicable'] else None, line.weight))
        return get_total(parts), changes, kpis

    def _propose_rewards(self):
        """Propose what the level brings where nothing is written yet."""
        model = self.env['aftersales.score.level']
        for (company, month), sheets in self.grouped(
                lambda sheet: (sheet.company_id, sheet.month)).items():
            for name, level in model._get_valid(company.id, month).items():
                if level.reward:
                    sheets.filtered(lambda sheet, name=name: (
                        sheet.level == name and not sheet.reward)).reward = level.reward

    # === CRON === #

    @api.model
    def _cron_make_sheets(self):
        """Make the sheets of last month, where a company wants them by itself."""
        cron = self.env['ir.cron']
        for company in self.env['res.company'].search([('aftersales_score_day', '>', 0)]):
            today = company._get_aftersales_day(fields.Datetime.now())
            if today.day < company.aftersales_score_day:
                continue
            month = fields.Date.subtract(today.replace(day=1), months=1)
            for subject in LINKS:
                people = self._get_people(company, month, subject)
                for start in range(0, len(people), BATCH):
                    made = self._make_sheets(company, month, subject, people[start:start + BATCH])
                    if not cron._commit_progress(len(made)):
                        return
