from odoo import Command
from odoo.tools import SQL

from .. import master_data
from .case import Case


class RepairOrder(Case):
    """Core's repair of one device with two parts from stock."""

    model = 'repair.order'
    groups = ('stock.group_stock_user',)
    stage_field = 'state'
    steps = ('confirm', 'start', 'end')
    tracked_step = 'start'

    def prepare(self, env, uid):
        self.partner_ids = master_data.customers(env)
        self.device_ids = master_data.products(env, 'Device', 3)
        self.part_ids = master_data.products(env, 'Part', 10)

    def values(self, number):
        parts = [Command.create({
            'product_id': self.part_ids[i % 10], 'product_uom_qty': 1, 'repair_line_type': 'add'})
            for i in (number, number + 1)]
        return {'partner_id': self.partner_ids[number % 50], 'move_ids': parts, 'product_qty': 1,
                'product_id': self.device_ids[number % 3],
                'internal_notes': f'<p>Does not start ({number})</p>'}

    def do(self, step, records):
        if step == 'confirm':
            for order in records:  # the method takes one
                order.action_validate()
        elif step == 'start':
            records.action_repair_start()
        else:
            for move in records.move_ids:
                move.quantity = move.product_uom_qty
                move.picked = True
            records.action_repair_end()

    def stages(self, env):
        return ['draft', 'confirmed', 'under_repair'], ['done', 'cancel']

    def copied_columns(self, stage, is_open, date):
        return {'sale_order_id': SQL('NULL'), 'move_id': SQL('NULL'), 'schedule_date': date}


class ProjectTask(Case):
    """Core's task of a project, with an assignee."""

    model = 'project.task'
    groups = ('project.group_project_user',)
    default_filter = [('is_closed', '=', False)]
    steps = ('doing', 'done')
    tracked_step = 'doing'

    def prepare(self, env, uid):
        self.partner_ids = master_data.customers(env)
        self.project_id, self.stage_ids = master_data.project(env, ('New', 'Doing', 'Done'))
        self.uid = uid

    def values(self, number):
        return {'name': f'Intervention {number:05}', 'project_id': self.project_id,
                'partner_id': self.partner_ids[number % 50],
                'user_ids': [Command.link(self.uid)], 'allocated_hours': 2,
                'description': f'<p>Does not start ({number})</p>'}

    def do(self, step, records):
        if step == 'doing':
            records.stage_id = self.stage_ids[1]
        else:
            records.write({'stage_id': self.stage_ids[2], 'state': '1_done'})

    def stages(self, env):
        return self.stage_ids[:2], self.stage_ids[2:]

    def copied_columns(self, stage, is_open, date):
        return {'state': SQL("CASE WHEN %s THEN '01_in_progress' ELSE '1_done' END", is_open),
                'date_last_stage_update': date}
