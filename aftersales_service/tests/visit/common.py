from odoo import Command
from odoo.tools import SQL

from .. import people
from ..common import SIGNATURE, AftersalesCommon


class VisitCommon(AftersalesCommon):
    """Technicians of the company and of an outlet, and orders dispatched to them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_technician = cls._create_person(
            'other_technician', 'technician', "Technician Theo")
        cls.outlet_technician = people.get_visitor(cls.env, 'outlet_technician')
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
    def _add_photo(cls, order):
        """Let the technician have photographed the unit."""
        cls.env['ir.attachment'].with_user(cls.technician).sudo().create({
            'name': 'photo.jpg', 'res_model': order._name, 'res_id': order.id,
            'mimetype': 'image/jpeg', 'raw': b'\xff\xd8\xff'})

    @classmethod
    def _set_created(cls, records, moment):
        """Let records look as old as their story: ``create_date`` is the transaction's."""
        cls.env.flush_all()
        cls.env.cr.execute(SQL(
            "UPDATE %s SET create_date = %s WHERE id IN %s",
            SQL.identifier(records._table), moment, tuple(records.ids)))
        records.invalidate_recordset(['create_date'])
