from datetime import datetime, timedelta

from odoo.tools import SQL

from .. import master_data
from .case import Case

_MONDAY = datetime(2030, 1, 7, 8)


class AftersalesOrder(Case):
    """Our service order for one product, through all stages of its type."""

    model = 'aftersales.order'
    groups = ('aftersales_service.group_aftersales_user',)

    def prepare(self, env, uid):
        self.partner_ids = master_data.customers(env)
        self.product_ids = master_data.products(env, 'Device', 3)
        self.type = env['aftersales.order'].new({}).type_id
        self.uid = uid

    def values(self, number):
        return {'partner_id': self.partner_ids[number % 50],
                'product_id': self.product_ids[number % 3],
                'description': f'Does not start ({number})',
                'user_id': self.uid, 'technician_id': self.uid,
                'date_planned': _MONDAY + timedelta(hours=number % 500)}

    def stages(self, env):
        stages = env['aftersales.stage'].search([])
        return stages.filtered(lambda stage: not stage.is_closed).ids, \
            stages.filtered('is_closed').ids
