from .. import master_data
from .case import Case


class BenchRecord(Case):
    """The floor: a bare record with chatter, two tracked fields and a sequence."""

    model = 'bench.record'
    steps = ('doing', 'done')
    tracked_step = 'doing'

    def prepare(self, env, uid):
        self.partner_ids = master_data.customers(env)
        self.stage_ids = env['bench.stage'].search([]).ids
        self.uid = uid

    def values(self, number):
        return {'partner_id': self.partner_ids[number % 50], 'user_id': self.uid,
                'stage_id': self.stage_ids[0], 'description': f'Does not start ({number})'}

    def do(self, step, records):
        records.stage_id = self.stage_ids[1 + self.steps.index(step)]

    def stages(self, env):
        return self.stage_ids[:2], self.stage_ids[2:]
