from odoo import fields, models


class AftersalesLiaison(models.Model):
    """A slip that carries a fault back to production, with its answer."""

    _inherit = 'aftersales.liaison'

    capa_id = fields.Many2one(
        'aftersales.capa', string="Corrective Action", index='btree_not_null',
        check_company=True, link_access='read')

    def _get_slip_fields(self):
        return super()._get_slip_fields() | {'capa_id'}

    def _on_answered(self):
        result = super()._on_answered()
        for slip in self.filtered('capa_id'):
            slip.capa_id.message_post(body=self.env._(
                "%(slip)s was answered: %(reply)s", slip=slip.name, reply=slip.reply))
        return result
