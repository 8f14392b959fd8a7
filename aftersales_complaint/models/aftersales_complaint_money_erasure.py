from odoo import api, models
from odoo.fields import Domain

# what was written about parties and persons
_TEXTS = ('reason', 'objection', 'ruling', 'person_history')


class AftersalesComplaint(models.Model):
    """What the liability sheet says of people goes with the complaint's own texts and files."""

    _inherit = 'aftersales.complaint'

    def _get_text_domain(self):
        return super()._get_text_domain() | Domain('liability_ids', 'any', Domain.OR(
            Domain(name, 'not in', (False, '')) for name in _TEXTS))

    def _erase_texts(self):
        count = super()._erase_texts()
        lines, persons = self.liability_ids, self.liability_ids.person_ids
        count += sum(bool(line[name]) for line in lines for name in _TEXTS)
        count += sum(bool(person.reason) for person in persons)
        persons.reason = False  # first: each change of a person writes its history
        lines.write(dict.fromkeys(_TEXTS, False))
        return count

    @api.model
    def _get_photo_domain(self):
        return super()._get_photo_domain() | Domain(
            'liability_ids', 'any', Domain('photo_ids', '!=', False) | Domain(
                'person_ids', 'any', Domain('photo_ids', '!=', False)))

    def _get_erased_photos(self):
        return super()._get_erased_photos() | self.liability_ids.photo_ids | (
            self.liability_ids.person_ids.photo_ids)
