from odoo.addons.aftersales_service.tests.common import AftersalesCommon


class PartsCommon(AftersalesCommon):
    """A storekeeper, a planner, and boards for the air conditioner of the suite's tests.

    The machine is ``conditioner``, its parts ``capacitor`` and ``compressor``; all three come from
    the shared goods, twenty pieces of each part in ``stock_location``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.storekeeper = cls._create_colleague('storekeeper', 'group_parts_store', "Store Sam")
        cls.planner = cls._create_colleague('planner', 'group_parts_planner', "Planner Pia")
        # receipts are inspected where a test asks for it
        cls.env.company.aftersales_inspection_kind = 'exempt'
        (cls.capacitor | cls.compressor).is_spare_part = True
        cls.board, cls.old_board = cls.env['product.product'].create([
            {'name': "Control Board", 'default_code': 'PCB-2', **cls._prepare_part_vals()},
            {'name': "Control Board, old", 'default_code': 'PCB-1', **cls._prepare_part_vals()}])

    @classmethod
    def _create_colleague(cls, login, group, name):
        """Return a colleague with a role of the parts module, who has no other."""
        user = cls._create_person(login, 'agent', name)
        user.group_ids = [(6, 0, cls.env.ref(f'aftersales_parts.{group}').ids)]
        return user

    @classmethod
    def _prepare_part_vals(cls):
        return {'is_spare_part': True, 'is_storable': True, 'list_price': 400.0,
                'standard_price': 150.0}

    @classmethod
    def _create_parts(cls, *names, **values):
        """Return parts with these names, numbered after them."""
        return cls.env['product.product'].create([
            {'name': name, 'default_code': name.upper(), **cls._prepare_part_vals(), **values}
            for name in names])

    @classmethod
    def _stock(cls, product, quantity, location=None):
        """Bring ``quantity`` pieces of a part into a location, by default the warehouse's stock."""
        cls.env['stock.quant']._update_available_quantity(
            product, location or cls.stock_location, quantity)
        cls.env.invalidate_all()  # what is free was read before, maybe
