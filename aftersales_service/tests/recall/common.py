
from ..common import AftersalesCommon


class RecallCommon(AftersalesCommon):
    """Twelve cards of one model and a recall over part of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls._create_person('lead', 'team_lead', "Lead Lea")
        cls.cards = cls._create_cards(12)

    @classmethod
    def _create_cards(cls, count, prefix='RC', **values):
        return cls.env['aftersales.warranty'].create([
            {'product_id': cls.conditioner.id, 'partner_id': cls.customer.id,
             'serial': f'{prefix}-{number:04d}', 'delivery_date': '2026-01-10', **values}
            for number in range(count)])

    def _create_campaign(self, **values):
        return self.env['aftersales.campaign'].create({
            'title': "Capacitor may overheat", 'kind': 'recall', 'severity': '3',
            'reason': "The capacitor may overheat.", 'risk': "Fire", 'advice': "Switch it off",
            'instruction': "Replace the capacitor", 'type_id': self.type_on_site.id,
            'serial_from': 'RC-0002', 'serial_to': 'RC-0006', **values})

    def _start(self, **values):
        campaign = self._create_campaign(**values)
        campaign.action_start()
        campaign.action_add_units()
        return campaign
