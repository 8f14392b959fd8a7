from odoo import Command
from odoo.tests.common import new_test_user
from odoo.tools import SQL

from ..common import SIGNATURE, AftersalesCommon


class VisitCommon(AftersalesCommon):
    """Technicians of the company and of an outlet, and orders dispatched to them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        role = 'aftersales_service.group_aftersales_technician'
        cls.technician.password = 'technician'
        cls.other_technician = new_test_user(
            cls.env, 'other_technician', role, name="Technician Theo", tz='UTC')
        cls.outlet_technician = new_test_user(
            cls.env, 'outlet_technician', 'base.group_portal', name="Outlet Olga", tz='UTC')
        cls.outlet = cls.env['aftersales.outlet'].create({
            'name': "Olga's Station", 'partner_id': cls.env['res.partner'].create(
                {'name': "Olga's Station"}).id,
            'member_ids': [Command.set(cls.outlet_technician.ids)]})
        cls.type_installation = cls.env.ref(
            'aftersales_service.aftersales_order_type_installation')
        cls.type_plain = cls.type_on_site.copy({'name': "Plain Repair"})

    @classmethod
    def _dispatch(cls, count=1, technician=None, date='2026-06-02 08:00:00', **values):
        """Return orders dispatched to a technician, in one go."""
        orders = cls.env['aftersales.order'].create([{
            'partner_id': cls.customer.id,
            'user_id': cls.agent.id,
            'type_id': cls.type_plain.id,
            'technician_id': (technician or cls.technician).id,
            'date_planned': date,
            'description': "It does not cool",
            'outlet_id': cls.outlet.id if technician == cls.outlet_technician else False,
            **values,
        } for __ in range(count)])
        for state in ('assessed', 'scheduled', 'dispatched'):
            orders.filtered(
                lambda order, state=state: state in order.type_id._get_steps(),
            )._set_state(state)
        return orders

    @classmethod
    def _create_template(cls, *lines):
        """Return a checklist of the plain type, each line given as values."""
        return cls.env['aftersales.checklist.template'].create({
            'name': "Test List",
            'type_ids': [Command.set(cls.type_plain.ids)],
            'line_ids': [Command.create(line) for line in lines],
        })

    @classmethod
    def _accept(cls, orders):
        orders.signature = SIGNATURE

    @classmethod
    def _set_created(cls, records, moment):
        """Let records look as old as their story: ``create_date`` is the transaction's."""
        cls.env.flush_all()
        cls.env.cr.execute(SQL(
            "UPDATE %s SET create_date = %s WHERE id IN %s",
            SQL.identifier(records._table), moment, tuple(records.ids)))
        records.invalidate_recordset(['create_date'])
