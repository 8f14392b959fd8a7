from datetime import timedelta

from odoo import fields

from .common import SurveyCommon


class WaveCommon(SurveyCommon):
    """Customers named Sampled, some of them with finished orders of two outlets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.north, cls.south = cls.env['aftersales.outlet'].create(
            [{'name': name, 'partner_id': cls.env['res.partner'].create({'name': name}).id}
             for name in ("North", "South")])

    @classmethod
    def _create_customers(cls, number, **values):
        return cls.env['res.partner'].create([{
            'name': f"Sampled {one:03}", 'email': f"sampled{one}@example.com", **values}
            for one in range(number)])

    @classmethod
    def _create_done_orders(cls, customers, **values):
        orders = cls.env['aftersales.order'].create([
            {'partner_id': customer.id, 'description': "Cold", **values}
            for customer in customers])
        done = cls.env['aftersales.stage'].search([('state', '=', 'done')], limit=1)
        orders.write({'stage_id': done.id, 'state': 'done', 'date_done': fields.Datetime.now()})
        return orders

    def _create_campaign(self, **values):
        """Return a draft of the survey manager that asks the customers named Sampled."""
        return self.env['aftersales.survey.wave'].with_user(self.survey_manager).create({
            'name': "Yearly", 'survey_id': self.repair_survey.id, 'population': 'res.partner',
            'domain': "[('name', '=like', 'Sampled%')]",
            'date_deadline': fields.Datetime.now() + timedelta(days=14),
            'window_from': 0, 'window_to': 24, **values})
