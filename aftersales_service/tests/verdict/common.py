from odoo import fields
from odoo.tests import freeze_time

from ..common import AftersalesCommon

DAY_5, DAY_12, DAY_40, DAY_400 = (
    '2026-01-15 12:00:00', '2026-01-22 12:00:00', '2026-02-19 12:00:00', '2027-02-14 12:00:00')


@freeze_time('2027-04-01 12:00:00')  # nothing is reported in the future
class VerdictCommon(AftersalesCommon):
    """The rules of the goods law on the air conditioners, and a unit sold for 3,000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team_lead = cls._create_person('team_lead', 'team_lead', "Lead Lena")
        cls.liquid = cls.env['aftersales.warranty.exclusion'].create({
            'name': "Liquid inside", 'article': "Art. 17 (2)", 'needs_evidence': True})
        cls.force = cls.env['aftersales.warranty.exclusion'].create({
            'name': "Force majeure", 'article': "Art. 17 (6)", 'needs_evidence': False})
        create = fields.Command.create
        cls.policy.write({
            'daily_rate': 0.05,
            'remedy_ids': [
                create({'name': "Seven days", 'article': "Art. 9", 'remedy': 'refund',
                        'has_window': True, 'window_days': 7, 'sequence': 1}),
                create({'name': "Fifteen days", 'article': "Art. 10", 'remedy': 'exchange',
                        'has_window': True, 'window_days': 15, 'sequence': 2}),
                create({'name': "Two repairs", 'article': "Art. 11", 'remedy': 'exchange',
                        'min_repairs': 2, 'same_model': 'available', 'sequence': 3}),
                create({'name': "Refund less use", 'article': "Art. 13", 'remedy': 'refund',
                        'min_repairs': 2, 'fee': 'daily', 'sequence': 4}),
                create({'name': "Free repair", 'article': "Art. 8", 'remedy': 'repair',
                        'needs_proof': False, 'sequence': 9}),
            ]})
        cls.card = cls._create_card(price=3000.0, invoice_date='2026-01-10')

    def _create_judged(self, date_event=DAY_5, **values):
        """Register an order about the unit, reported at ``date_event``."""
        return self._create_order(
            warranty_id=self.card.id, date_event=date_event, user_id=self.agent.id,
            technician_id=self.technician.id, **values)

    def _get_articles(self, decision):
        """Return ``[(remedy, article)]`` of a decision, in its order."""
        return [(remedy.kind, remedy.rule.article) for remedy in decision.remedies]
