"""OCA's nearest models, for a database that has their 19.0 modules."""
from datetime import datetime, timedelta

from odoo import Command

from .. import master_data
from .case import Case

_MONDAY = datetime(2030, 1, 7, 8)


class FieldServiceOrder(Case):
    """``fieldservice``: an order at a site, for a worker."""

    model = 'fsm.order'
    groups = ('fieldservice.group_fsm_dispatcher',)
    steps = ('schedule', 'complete')
    tracked_step = 'complete'

    def prepare(self, env, uid):
        [owner_id, *_] = master_data.customers(env)
        [self.site_id] = master_data.find_or_create(
            env, 'fsm.location', ['Bench Site'], lambda name: {'owner_id': owner_id})
        [self.worker_id] = master_data.find_or_create(
            env, 'fsm.person', ['Bench Worker'], lambda name: {})

    def values(self, number):
        return {'location_id': self.site_id, 'description': f'Does not start ({number})'}

    def do(self, step, records):
        for order in records:  # its write() takes one
            if step == 'schedule':
                order.write({'person_id': self.worker_id, 'scheduled_date_start': _MONDAY,
                             'scheduled_duration': 2})
            else:
                order.write({'date_start': _MONDAY, 'date_end': _MONDAY + timedelta(hours=2),
                             'resolution': '<p>Fixed</p>'})
                order.action_complete()

    def stages(self, env):
        stages = env['fsm.stage'].search([('stage_type', '=', 'order')])
        closed = stages.filtered('is_closed')
        return (stages - closed).ids, closed.ids


class HelpdeskTicket(Case):
    """``helpdesk_mgmt``: a ticket of a team."""

    model = 'helpdesk.ticket'
    groups = ('helpdesk_mgmt.group_helpdesk_user',)
    name_field = 'number'
    default_filter = [('closed', '=', False)]
    steps = ('in_progress', 'done')
    tracked_step = 'in_progress'

    def prepare(self, env, uid):
        self.partner_ids = master_data.customers(env)
        [self.team_id] = master_data.find_or_create(
            env, 'helpdesk.ticket.team', ['Bench Team'],
            lambda name: {'user_ids': [Command.link(uid)]})
        self.uid = uid

    def values(self, number):
        return {'name': f'Machine stops {number}', 'description': '<p>It stops</p>',
                'team_id': self.team_id, 'user_id': self.uid,
                'partner_id': self.partner_ids[number % 50]}

    def do(self, step, records):
        records.stage_id = records.env.ref(f'helpdesk_mgmt.helpdesk_ticket_stage_{step}')

    def stages(self, env):
        stages = env['helpdesk.ticket.stage'].search([])
        closed = stages.filtered('closed')
        return (stages - closed).ids, closed.ids


OCA_CASES = (FieldServiceOrder, HelpdeskTicket)
