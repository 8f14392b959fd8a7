from ..common import SIGNATURE, AftersalesCommon


class WorkshopCommon(AftersalesCommon):
    """A shop that inspects twice, a repairer and a colleague who inspects."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inspector = cls._create_person('inspector', 'dispatcher', "Inspector Ines")
        cls.lead = cls._create_person('lead', 'team_lead', "Lead Lea")
        cls.type_inspected = cls.type_carry_in.copy(
            {'name': "Inspected Repair", 'needs_checks': True})

    @classmethod
    def _bring_in(cls, **values):
        """Return an order on the bench, as the repairer sees it."""
        order = cls.env['aftersales.order'].create({
            'partner_id': cls.customer.id, 'type_id': cls.type_inspected.id,
            'product_id': cls.conditioner.id, 'user_id': cls.agent.id,
            'technician_id': cls.technician.id, 'signature': SIGNATURE, **values})
        order.action_next()
        order.action_next()
        return order.with_user(cls.technician)

    @classmethod
    def _make_ready(cls, order):
        order.with_user(cls.technician).action_repaired()
        if order.type_id.needs_checks:
            order.with_user(cls.technician).action_own_check_passed()
            order.with_user(cls.inspector).action_final_check_passed()
