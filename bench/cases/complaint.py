from odoo.tools import SQL

from .. import master_data
from .case import Case

_AGENT = ('aftersales_service.group_aftersales_agent',)


class Complaint(Case):
    """A complaint in the full flow, from the words of the customer to the end of the case."""

    model = 'aftersales.complaint'
    # one person of a small firm takes every step
    groups = ('aftersales_service.group_aftersales_manager',)
    default_filter = [('date_closed', '=', False)]
    date_field = 'received_day'
    steps = ('judge', 'assigned', 'investigating', 'proposed', 'approved', 'informed', 'settled',
             'improving', 'closed')
    tracked_step = 'assigned'
    restricted = ('agent-0', _AGENT)
    has_portal = True

    def prepare(self, env, uid):
        self.partner_ids = master_data.customers(env)
        self.product_ids = master_data.products(env, 'Device', 3)
        self.user_ids = master_data.users(env, 'agent', 10, _AGENT)
        self.uid = uid

    def values(self, number):
        return {'partner_id': self.partner_ids[number % 50], 'kind': 'service',
                'product_id': self.product_ids[number % 3], 'subject': f'Late ({number})',
                'description': f'Nobody came ({number})', 'user_id': self.uid}

    def do(self, step, records):
        if step == 'judge':
            records.action_judge()
            return
        if step == 'proposed':
            records.write({'cause': 'Rain', 'cause_category': 'other', 'offer': 'We are sorry'})
        elif step == 'informed':
            records.write({'answer': 'We are sorry'})
        records._set_state(step)

    def stages(self, env):
        stages = env['aftersales.complaint.stage'].search([])
        closed = stages.filtered(lambda stage: stage.state in ('closed', 'unfounded', 'merged'))
        return (stages - closed).ids, closed.ids

    def portal_list(self, env):
        cases = env['aftersales.complaint']
        mine = [('partner_id', 'child_of', env.user.commercial_partner_id.id)]
        cases.search_count(mine)
        return [
            (case.get_portal_url(), case.name, case.subject, case.date_received,
             case._get_page_status())
            for case in cases.search(mine, order='date_received desc', limit=80).sudo()]

    def portal_page(self, env, record_id):
        case = env['aftersales.complaint'].browse(record_id)
        case.check_access('read')
        case = case.sudo()
        return (case._get_page_steps(), case._get_page_status(), case._get_page_promise(),
                case._get_page_answer(), case._get_page_photos(), case._get_page_demands())

    def copied_columns(self, stage, is_open, date):
        user = SQL("(%s)[1 + seed.bench_rank %% %s]", self.user_ids, len(self.user_ids))
        closed = SQL("CASE WHEN NOT %s THEN %s END", is_open, date)
        return {
            'state': SQL("(SELECT state FROM aftersales_complaint_stage WHERE id = %s)", stage),
            'user_id': user, 'create_uid': user, 'date_received': date,
            'received_day': SQL("(%s)::date", date), 'date_settled': closed,
            'date_closed': closed}
