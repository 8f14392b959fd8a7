from odoo import api, models
from odoo.exceptions import ValidationError


class IrSequence(models.Model):
    """Tags of old parts begin with a letter: at the bench the digits 1 to 5 are verdicts."""

    _inherit = 'ir.sequence'

    @api.constrains('code', 'prefix')
    def _check_old_part_prefix(self):
        for sequence in self.filtered(lambda sequence: sequence.code == 'aftersales.old.part'):
            if not (sequence.prefix or '')[:1].isalpha():
                raise ValidationError(self.env._(
                    "The tags of old parts begin with a letter, as the keys 1 to 5 give the "
                    "verdict at the bench: put one before the prefix."))
