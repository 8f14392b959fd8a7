from odoo import api, models
from odoo.exceptions import UserError


class AftersalesVisit(models.Model):
    """The accident report of the phone: people first, few words, a photo if there is time."""

    _inherit = 'aftersales.visit'

    def _ensure_mobile_open(self, kind):
        """An accident is reported whenever it is noticed, on visits that are over too."""
        return kind == 'accident' or super()._ensure_mobile_open(kind)

    @api.model
    def _get_urgent_kinds(self):
        return super()._get_urgent_kinds() | {'accident'}

    def _on_mobile_accident(self, order, payload, moment):
        accidents = self.env['aftersales.accident']
        if payload.get('kind') not in accidents._fields['kind'].get_values(self.env):
            raise UserError(self.env._("Say what kind of accident it is."))
        injured = payload.get('injured_count') or 0
        if type(injured) is not int or not 0 <= injured < 1000:
            raise UserError(self.env._(
                "The number of persons hurt must be a number: enter digits only."))
        accident = accidents.create({
            'order_id': (order or self.order_ids[:1]).id,
            'company_id': self.company_id.id,
            'user_id': self.env.uid,
            'kind': payload['kind'],
            'date_happened': moment,
            'injured_count': injured,
            'is_help_called': bool(payload.get('is_help_called')),
            'description': self._read_text(
                payload, 'description', self.env._("Say what happened.")),
            'measures': self._read_text(payload, 'measures'),
        })
        if payload.get('image'):
            accident._add_photo(
                f'{accident.name}.jpg'.replace('/', '-'), self._read_photo(payload, 'image'))
