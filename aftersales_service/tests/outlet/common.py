from odoo.fields import Command

from .. import people
from ..common import AftersalesCommon


class OutletCommon(AftersalesCommon):
    """Two stations that serve California, and people who work for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.country = cls.env.ref('base.us')
        cls.california = cls.env.ref('base.state_us_5')
        cls.wang, cls.zhao, cls.chen = (
            people.get_visitor(cls.env, login) for login in ('wang', 'zhao', 'chen'))
        cls.north = cls._create_outlet("North Station", cls.wang | cls.zhao, priority=1)
        cls.south = cls._create_outlet("South Station", cls.chen, priority=2)
        cls.customer.write({
            'city': "San Francisco", 'zip': '94107', 'state_id': cls.california.id,
            'country_id': cls.country.id})

    @classmethod
    def _create_outlet(cls, name, members, priority=10, **values):
        outlet = cls.env['aftersales.outlet'].create({
            'name': name, 'kind': 'franchise', 'member_ids': [Command.set(members.ids)],
            'partner_id': cls.env['res.partner'].create(
                {'name': f"{name} Ltd", 'is_company': True}).id,
            'area_ids': [Command.create(
                {'state_id': cls.california.id, 'priority': priority})],
            **values})
        outlet.action_activate()
        return outlet

    def _create_offered(self, **values):
        """Register an order of California and offer it to the first outlet."""
        order = self._create_order(**values)
        order.action_offer_to_outlet()
        return order

    def _get_results(self, order):
        """Return the names of the asked outlets with their answers, oldest first."""
        return [(offer.outlet_id.name, offer.state) for offer in order.offer_ids.sorted('id')]
