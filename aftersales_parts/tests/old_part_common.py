from odoo.fields import Command

from odoo.addons.aftersales_service.tests import people

from .common import PartsCommon


class OldPartCommon(PartsCommon):
    """A franchised station that swaps boards on a covered conditioner, and the bench."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wang, cls.chen = (people.get_visitor(cls.env, login) for login in ('wang', 'chen'))
        cls.north = cls._create_outlet("North Station", cls.wang)
        cls.south = cls._create_outlet("South Station", cls.chen)
        cls._stock(cls.board, 500)
        cls.card = cls._create_card()
        cls.bench_order = cls._create_done_order(cls.north)

    @classmethod
    def _create_outlet(cls, name, members):
        outlet = cls.env['aftersales.outlet'].create({
            'name': name, 'kind': 'franchise', 'member_ids': [Command.set(members.ids)],
            'partner_id': cls.env['res.partner'].create(
                {'name': f"{name} Ltd", 'is_company': True}).id})
        outlet.action_activate()
        return outlet

    @classmethod
    def _create_done_order(cls, outlet, **values):
        return cls.env['aftersales.order'].create({
            'partner_id': cls.customer.id, 'description': "It does not cool",
            'warranty_id': cls.card.id, 'outlet_id': outlet.id,
            'technician_id': cls.technician.id, **values})

    def _swap(self, order=None, product=None, quantity=1.0, covered=True, **values):
        """Use parts on an order as its technician does; return the old parts that are due."""
        order = order or self._create_done_order(self.north)
        part = self.env['stock.move'].create({
            'aftersales_order_id': order.id, 'product_id': (product or self.board).id,
            'product_uom_qty': quantity, 'is_aftersales_covered': covered,
            'aftersales_cover_reason': "Said so", **values})
        order.sudo()._finish_repairs()
        self.assertEqual(part.state, 'done')
        return order.old_part_ids.with_user(self.storekeeper)

    @classmethod
    def _create_tags(cls, count, **values):
        """Return old parts of the north station that are due, as many as it takes."""
        return cls.env['aftersales.old.part'].create([{
            'company_id': cls.env.company.id, 'order_id': cls.bench_order.id,
            'product_id': cls.board.id, 'outlet_id': cls.north.id, 'unit_value': 150.0,
            'date_swapped': '2026-06-01', 'date_due': '2026-07-01', **values}
            for __ in range(count)]).with_user(cls.storekeeper)

    def _pack(self, parts):
        box = self.env['aftersales.old.part.box'].browse(parts.action_pack()['res_id'])
        return box.with_user(self.storekeeper)
