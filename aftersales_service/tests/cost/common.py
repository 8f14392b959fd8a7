
from ..common import AftersalesCommon


def forget_costs(env):
    """Begin without the rates and costs that a database may hold, such as the demo's."""
    env['aftersales.cost.line'].search([]).unlink()
    env['aftersales.cost.rate'].search([]).unlink()


class CostCommon(AftersalesCommon):
    """Rates of 2026 for three activities, and a pick-up as a return."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls._create_person('lead', 'team_lead', "Lead Lea")
        forget_costs(cls.env)
        ref = 'aftersales_service.aftersales_cost_activity_{}'.format
        cls.authorise = cls.env.ref(ref('authorise'))
        cls.pick_up = cls.env.ref(ref('pick_up'))
        cls.dispose = cls.env.ref(ref('dispose'))
        cls.type_pickup = cls.env.ref('aftersales_service.aftersales_order_type_return_pickup')
        cls.conditioner.weight = 40.0

    @classmethod
    def _create_rate(cls, activity, env=None, **values):
        return (env or cls.env)['aftersales.cost.rate'].create({
            'activity_id': activity.id, 'date_from': '2020-01-01', 'date_to': '2039-12-31',
            'pool_cost': 12_000.0, 'capacity': 800.0, **values})

    @classmethod
    def _create_rates(cls, env=None):
        """Authorise costs 15 a return, a pick-up 12 by time, disposal 0.5 a kilogram."""
        return (
            cls._create_rate(cls.authorise, env, fixed_percent=40.0)
            | cls._create_rate(cls.pick_up, env, method='time', cost_per_minute=0.8, minutes=15.0)
            | cls._create_rate(cls.dispose, env, pool_cost=500.0, capacity=1000.0))

    def _create_pickup(self, **values):
        return self._create_order(
            type_id=self.type_pickup.id, product_id=self.conditioner.id,
            technician_id=self.technician.id, **values)
