from odoo import api, models
from odoo.exceptions import UserError

from ..tools.liability import find_unit_row, split_in_unit
from ..tools.penalty import base_point_amounts


class AftersalesComplaintLiability(models.Model):
    """The share of a department split over its persons: by base points, or by the table."""

    _inherit = 'aftersales.complaint.liability'

    def _ensure_persons_possible(self):
        self._refuse_where(
            lambda line: line.party != 'department',
            self.env._("Only departments have persons; other parties bear their share themselves"))

    def action_add_members(self):
        """Name all employees of the departments: no single person can be named."""
        persons = self.env['aftersales.complaint.liability.person']
        persons.check_access('create')
        self._ensure_persons_possible()
        for line in self:
            # who may name persons may know who works in the department
            members = line.department_id.sudo().member_ids.filtered('active')
            persons.create([
                {'liability_id': line.id, 'employee_id': employee.id, 'role': 'direct'}
                for employee in members - line.sudo().person_ids.employee_id])

    def action_split_points(self):
        """Split the amounts of the units by the base points of their persons."""
        for line in self:
            persons = line._get_split_persons()
            persons._refuse_where(
                lambda person: not person.base_points,
                self.env._("Enter the base points of these persons or of their job positions"))
            amounts = base_point_amounts(
                line.amount, persons.mapped('base_points'), line.currency_id.rounding)
            line._write_amounts(persons, amounts)

    def action_split_table(self):
        """Split the amounts of the units by the table of persons at fault and superiors.

        What the table gives to a superior who is not named stays with the unit: the page says it.
        """
        for line in self:
            persons = line._get_split_persons()
            direct, first, second = (
                persons.filtered(lambda person, role=role: person.role == role)
                for role in ('direct', 'first', 'second'))
            if len(first) > 1 or len(second) > 1:
                raise UserError(self.env._(
                    "%(unit)s has one first and one second superior at most.",
                    unit=line.display_name))
            if line.is_hidden and not first:
                raise UserError(self.env._(
                    "Name the superior of %(unit)s who hid the fault.", unit=line.display_name))
            if len(direct) > 1:
                direct._refuse_where(
                    lambda person: not person.base_points,
                    self.env._("Enter the base points of these persons or of their job "
                               "positions"))
            split = split_in_unit(
                line.amount, line._get_unit_row(),
                direct.mapped('base_points') if len(direct) > 1 else [1.0] * len(direct),
                has_first=bool(first), has_second=bool(second),
                is_hidden_by_superior=line.is_hidden, step=line.currency_id.rounding)
            line._write_amounts(
                direct + first + second,
                [*split.direct, *([split.first] if first else []),
                 *([split.second] if second else [])])
        return self._describe_unsplit()

    def _describe_unsplit(self):
        """Return the notification of what no person of these units bears; nothing for nothing."""
        left = [(line, line.amount - sum(line.person_ids.mapped('amount'))) for line in self]
        words = [self.env._(
            "%(unit)s keeps %(left)s of %(amount)s: the table gives it to superiors who are not "
            "named.", unit=line.display_name, left=line.currency_id.format(amount),
            amount=line.currency_id.format(line.amount))
            for line, amount in left if line.currency_id.compare_amounts(amount, 0.0) > 0]
        if not words:
            return None
        return {
            'type': 'ir.actions.client', 'tag': 'display_notification', 'params': {
                'type': 'warning', 'sticky': True, 'message': " ".join(words),
                'next': {'type': 'ir.actions.act_window_close'}}}

    def _get_split_persons(self):
        """Return the persons of one unit, or refuse a split that says nothing."""
        self.ensure_one()
        self._ensure_persons_possible()
        self.person_ids.check_access('write')
        if not self.person_ids:
            raise UserError(self.env._(
                "Name the persons of %(unit)s first.", unit=self.display_name))
        self.person_ids._read_base_points()
        return self.person_ids

    def _get_unit_row(self):
        """Return the row of the table that holds for the amount of one unit on its day."""
        self.ensure_one()
        rules = self.env['aftersales.complaint.rule']._find_splits(
            'unit', self.complaint_id).filtered(
                lambda rule: rule.is_watched == self.is_watched)
        row = find_unit_row(self.amount, [rule._get_unit_row() for rule in rules])
        if not row:
            raise UserError(self.env._(
                "No default split holds for %(amount)s: add one under Configuration.",
                amount=self.amount))
        return row

    @api.model
    def _write_amounts(self, persons, amounts):
        persons.amount = 0.0  # a sum in between must not be above the unit's
        for person, amount in zip(persons, amounts, strict=True):
            person.amount = amount

    def action_create_penalties(self):
        """Draft a penalty for each person of these units, then show them."""
        return self.person_ids.action_create_penalties()
