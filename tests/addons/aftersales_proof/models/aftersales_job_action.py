from odoo import fields, models


class AftersalesJobAction(models.Model):
    """What a phone may do on a case, and on a unit of a visit."""

    _inherit = 'aftersales.job.action'

    kind = fields.Selection(
        selection_add=[('proof_note', "Case Noted"), ('proof_tag', "Tag Scanned"),
                       ('proof_alarm', "Alarm")],
        ondelete=dict.fromkeys(('proof_note', 'proof_tag', 'proof_alarm'), 'cascade'))
