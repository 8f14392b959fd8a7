from ..visit.common import VisitCommon


class DeliveryCommon(VisitCommon):
    """A refrigerator of 80 kg, a customer on the fifth floor, a delivery there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id.tz = 'Asia/Shanghai'
        cls.type_delivery = cls.env.ref('aftersales_service.aftersales_order_type_delivery')
        cls.fridge = cls.env['product.product'].create({
            'name': "Refrigerator", 'is_storable': True, 'weight': 80.0, 'list_price': 900.0,
            'aftersales_packing_note': "Carry upright"})
        cls.kettle = cls.env['product.product'].create({
            'name': "Kettle", 'is_storable': True, 'weight': 1.2})
        cls.slot = cls.env['aftersales.slot'].create(
            {'hour_from': 8.0, 'hour_to': 12.0, 'capacity': 2})

    @classmethod
    def _create_delivery(cls, **values):
        return cls.env['aftersales.order'].create({
            'partner_id': cls.customer.id, 'type_id': cls.type_delivery.id,
            'product_id': cls.fridge.id, 'user_id': cls.agent.id, **values})
