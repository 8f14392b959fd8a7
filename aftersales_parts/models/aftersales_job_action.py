from odoo import fields, models

KINDS = [
    ('part_request', "Part Requested"),
    ('part_send', "Parts Handed Out"),
    ('part_take', "Parts Taken"),
    ('part_return', "Parts Given Back"),
    ('part_lend', "Lent to the Customer"),
    ('part_regain', "Back from the Customer"),
    ('part_cancel', "Part Request Cancelled"),
    ('part_pass', "Part Given to a Colleague"),
    ('part_count', "Part Counted"),
    ('old_parts', "Old Parts Chosen"),
]


class AftersalesJobAction(models.Model):
    """What a phone does with parts, and notes of old ones."""

    _inherit = 'aftersales.job.action'

    kind = fields.Selection(
        selection_add=KINDS, ondelete=dict.fromkeys(dict(KINDS), 'cascade'))
