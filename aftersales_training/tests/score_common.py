from odoo import fields
from odoo.fields import Command

from .common import TrainingCommon

JULY = fields.Date.to_date('2026-07-01')
AUGUST = fields.Date.to_date('2026-08-01')
SEPTEMBER = fields.Date.to_date('2026-09-01')


class ScoreCommon(TrainingCommon):
    """Two indicators of repairs, and Tom who repairs units with a card in July.

    First-time fixes weigh 85 of 100 with a target of 85 %; repeated repairs 15 with at most 3 %.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.partner_id.tz = cls.env.company.resource_calendar_id.tz = 'UTC'
        cls.lead = cls._create_person('lead', 'team_lead', "Lead Lea")
        cls.lead.group_ids = [Command.set(
            cls.env.ref('aftersales_service.group_aftersales_team_lead').ids)]
        # admin is an officer as well: here the named ones are all there are
        cls.officer = cls.performance_officer
        cls.theo = cls._create_person('other_technician', 'technician', "Technician Theo")
        # they repair as well
        for user in cls.agent | cls.manager | cls.officer:
            user.group_ids = [Command.link(
                cls.env.ref('aftersales_service.group_aftersales_technician').id)]
        cls.second = cls._create_colleague(
            'other_agent', 'group_performance_officer', "Officer Otto")
        cls.env['aftersales.kpi'].search([]).active = False
        cls.fix, cls.repeat, cls.marked = cls.env['aftersales.kpi'].create([{
            'name': "First-time Fix", 'formula': 'first_fix', 'weight': 70, 'target': 85,
            'points_per_percent': 1,
        }, {
            'name': "Repeats", 'formula': 'repeat', 'weight': 20, 'target': 3,
            'direction': 'lower', 'points_per_percent': 1,
        }, {
            'name': "Site Check", 'formula': 'manual', 'weight': 10, 'target': 100,
            'points_per_percent': 0.1}])

    @classmethod
    def _repair(cls, done, serial, **values):
        """Return a repair of a unit that was done on a day, in one go."""
        card = cls.env['aftersales.warranty'].search([('serial', '=', serial)], limit=1)
        order = cls.env['aftersales.order'].create({
            'partner_id': cls.customer.id, 'type_id': cls.type_carry_in.id,
            'warranty_id': (card or cls._create_card(serial=serial)).id,
            'date_event': f'{done} 02:00:00', 'technician_id': cls.technician.id, **values})
        order.date_done = f'{done} 08:00:00'
        return order

    def _make_sheet(self, month=JULY, subject='technician', people=None):
        people = self.technician if people is None else people
        sheets = self.env['aftersales.score'].with_user(self.officer)._make_sheets(
            self.env.company, month, subject, people)
        sheets.manager_id = self.lead
        return sheets.with_user(self.officer)

    def _serve(self, sheet):
        """Walk a sheet to the day on which it is served."""
        sheet.with_user(self.officer).action_ask_comment()
        own = sheet.with_user(self.technician)
        own.own_comment = "Two parts were missing"
        own.action_hand_in()
        review = sheet.with_user(self.lead)
        review.write({'manager_reason': "As counted", 'plan': "Parts are checked the day before"})
        review.action_serve()
        return sheet
