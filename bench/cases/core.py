from odoo import Command
from odoo.fields import Domain
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
    parts = 2

    def prepare(self, env, uid):
        self.partner_ids = master_data.customers(env)
        self.device_ids = master_data.products(env, 'Device', 3)
        self.part_ids = master_data.products(env, 'Part', 10)

    def values(self, number):
        parts = [Command.create({
            'product_id': self.part_ids[i % 10], 'product_uom_qty': 1, 'repair_line_type': 'add'})
            for i in range(number, number + self.parts)]
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

    def one_part(self):
        return RepairOfOnePart()

    def copied_columns(self, stage, is_open, date):
        return {'sale_order_id': SQL('NULL'), 'move_id': SQL('NULL'), 'schedule_date': date}


class RepairOfOnePart(RepairOrder):
    """Core's repair of one device with one part from stock."""

    parts = 1


class ProjectTask(Case):
    """Core's task of a project, with an assignee."""

    model = 'project.task'
    groups = ('project.group_project_user',)
    default_filter = [('is_closed', '=', False)]
    steps = ('doing', 'done')
    tracked_step = 'doing'
    has_portal = True

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

    def portal_list(self, env):
        tasks, rule = env['project.task'], env['ir.rule']._compute_domain('project.task', 'read')
        mine = Domain(rule) & Domain('has_template_ancestor', '=', False)
        tasks.sudo().search_count(mine)
        return [
            (task.get_portal_url(), task.name, task.stage_id.name, task.project_id.name)
            for task in tasks.sudo().search(mine, order='project_id, id desc', limit=80)]

    def portal_page(self, env, record_id):
        task = env['project.task'].browse(record_id)
        task.check_access('read')
        task = task.sudo()
        return (task.name, task.description, task.stage_id.name, task.partner_id.name,
                task.user_ids.mapped('name'), task.attachment_ids.mapped('name'))

    def copied_columns(self, stage, is_open, date):
        return {'state': SQL("CASE WHEN %s THEN '01_in_progress' ELSE '1_done' END", is_open),
                'date_last_stage_update': date}
