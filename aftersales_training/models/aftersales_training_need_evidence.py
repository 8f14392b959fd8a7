from odoo import api, fields, models

from .aftersales_training_need import ORIGINS


class AftersalesTrainingNeedEvidence(models.Model):
    """One thing that shows a training need: a certificate that ends, a repeated repair …

    It names the document; who may not read that document reads the reason only.
    """

    _name = 'aftersales.training.need.evidence'
    _description = "Evidence of a Training Need"
    _inherit = ['aftersales.document.link.mixin', 'aftersales.protected.mixin']
    _order = 'id desc'

    need_id = fields.Many2one(
        'aftersales.training.need', required=True, index=True, ondelete='cascade',
        protected='after')
    origin = fields.Selection(ORIGINS, required=True)
    res_model = fields.Char(required=False)
    res_id = fields.Many2oneReference(required=False)
    reason = fields.Char()
    date = fields.Date(string="Found on", default=fields.Date.context_today, required=True)

    _source_uniq = models.UniqueIndex(
        '(need_id, origin, COALESCE(res_model, \'\'), COALESCE(res_id, 0))',
        "This evidence is there already.")

    @api.model
    def _add(self, needs, proposals):
        """Give each need what its proposal rests on, once; as superuser.

        :param needs: a list as long as ``proposals``; empty ones get nothing
        """
        rows = {}
        for need, vals in zip(needs, proposals, strict=True):
            if need and (vals['origin'] != 'manual' or vals.get('res_id')):
                rows[need.id, vals['origin'], vals.get('res_model') or False,
                     vals.get('res_id') or 0] = vals.get('reason')
        for row in self.search_fetch(
                [('need_id', 'in', {key[0] for key in rows})],
                ['need_id', 'origin', 'res_model', 'res_id']):
            rows.pop((row.need_id.id, row.origin, row.res_model, row.res_id), None)
        return self.create([
            {'need_id': need_id, 'origin': origin, 'res_model': model, 'res_id': res_id,
             'reason': reason}
            for (need_id, origin, model, res_id), reason in rows.items()])

    @api.model
    def _get_document_models(self):
        return (
            *super()._get_document_models(), 'aftersales.training.requirement',
            'aftersales.certificate', 'aftersales.order', 'product.template')
