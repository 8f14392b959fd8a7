from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.aftersales_conduct.models.aftersales_notice_mixin import OFFICER


class AftersalesChecklistLine(models.Model):
    """A check of conduct that was not kept may lead to a notice, once.

    What is not kept on one day by one person is one act: it makes one notice, however many checks
    and visits it shows on.
    """

    _inherit = 'aftersales.checklist.line'

    offence_id = fields.Many2one(related='template_line_id.offence_id')
    technician_id = fields.Many2one(related='order_id.technician_id')
    notice_id = fields.Many2one(
        'aftersales.notice', readonly=True, copy=False, protected=True, groups=OFFICER,
        index='btree_not_null', ondelete='set null')
    is_set_aside = fields.Boolean(
        string="Set Aside", readonly=True, copy=False, protected=True, groups=OFFICER,
        help="An officer decided that no notice follows.")

    def action_propose_notices(self):
        """Draft the notices that follow from these violations, and show them.

        :raise AccessError: the user is no officer of penalties
        :raise UserError: naming the checks that lead to no notice
        """
        notices = self._propose_notices()
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_conduct.aftersales_notice_action')
        return action | {'domain': [('id', 'in', notices.ids)], 'context': {}}

    def action_set_aside(self):
        """Decide that no notice follows from these violations."""
        self._ensure_conduct_officer()
        self._ensure_undecided()
        # protected: officers only, checked above
        self.sudo().is_set_aside = True

    def _ensure_conduct_officer(self):
        self.check_access('read')
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Officers of penalties decide on violations."))
        if self.env.user in self.technician_id:
            raise AccessError(self.env._(
                "Another officer decides on what is about you: leave your own visits out."))

    def _ensure_undecided(self):
        self._refuse_where(
            lambda line: line.result != 'not_ok' or not line.offence_id,
            self.env._("These checks were kept, or no act is named for them"))
        self._refuse_where(
            lambda line: line.notice_id or line.is_set_aside,
            self.env._("An officer decided on these already: one act, one notice"))

    def _propose_notices(self):
        """Return the notices of these violations: new drafts, or those that the act has already.

        One for each person and day, about the gravest act; its points are those of all checks.
        """
        self._ensure_conduct_officer()
        self._ensure_undecided()
        acts = {}
        for line, act in self._read_acts().items():
            acts[act] = acts.get(act, self.browse()) | line
        known = self._find_notices(acts)
        missing = [act for act in acts if act not in known]
        drafts = self.env['aftersales.notice'].create(
            [acts[act]._prepare_notice_vals(*act) for act in missing])
        known |= dict(zip(missing, drafts, strict=True))
        for act, lines in acts.items():
            # protected: officers only, checked above
            lines.sudo().notice_id = known[act]
        return self.env['aftersales.notice'].union(*known.values())

    def _read_acts(self):
        """Return ``{check: (company, name of the person's field, person, day)}``."""
        # who is an employee is all that an officer needs to know of the people
        employees = {
            (employee.user_id, employee.company_id): employee
            for employee in self.env['hr.employee'].sudo().search(
                [('user_id', 'in', self.technician_id.ids)])}
        acts = {}
        for line in self:
            user, company = line.technician_id, line.company_id
            field, person = ('technician_id', user) if user.share else (
                'employee_id', employees.get((user, company)))
            if not person:
                raise UserError(self.env._(
                    "%(order)s names no technician who is an employee of the company: link "
                    "employee and user first, or leave it out.", order=line.order_id.name))
            moment = line.date_answered or line.order_id.date_done or line.create_date
            acts[line] = company, field, person.id, company._get_aftersales_day(moment)
        return acts

    def _find_notices(self, acts):
        """Return ``{act: notice}`` of the acts that a notice names already."""
        people = Domain('employee_id', 'in', [
            person for __, field, person, __ in acts if field == 'employee_id'])
        people |= Domain('technician_id', 'in', [
            person for __, field, person, __ in acts if field == 'technician_id'])
        notices = self.env['aftersales.notice'].search(
            people & Domain('state', '!=', 'revoked') & Domain('kind', '=', 'demerit'), order='id')
        found = {}
        for act, lines in acts.items():
            company, field, person, day = act
            same = notices.filtered(
                lambda notice, lines=lines, company=company, field=field, person=person, day=day:
                notice.company_id == company and notice[field].id == person and (
                    (notice.act_date == day and notice.offence_id in lines.offence_id)
                    or (notice.res_model == 'aftersales.order'
                    and notice.res_id in lines.order_id.ids)))
            if same:
                found[act] = same[0]
        return found

    def _prepare_notice_vals(self, company, field, person, day):
        """Return the values of the one notice about these checks."""
        gravest = max(self, key=lambda line: (line.offence_id.points, -line.id))
        return {
            field: person, 'company_id': company.id, 'act_date': day,
            'offence_id': gravest.offence_id.id,
            # the rules of the act may have a limit
            'points': min(sum(line.offence_id.points for line in self),
                          gravest.offence_id.points_max or float('inf')),
            'res_model': 'aftersales.order', 'res_id': gravest.order_id.id,
            'facts': "\n".join(
                " · ".join(filter(None, [line.order_id.name, line.name, line.note]))
                for line in self),
            'evidence': self.env._("Checklists of %(orders)s", orders=self.order_id.mapped('name')),
        }
