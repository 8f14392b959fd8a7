from datetime import timedelta

from odoo import api, fields, models

# how long a phone may stay without a network: afterwards nothing that it sends is kept
KEEP_DAYS = 90


class AftersalesVisitAssignment(models.Model):
    """A unit of a visit that a technician had, and has no longer.

    Written when a visit gets another technician, loses a unit or is deleted: what the former
    technician's phone still sends is kept for review because of it. Who goes on a visit now
    stands on the visit.
    """

    _name = 'aftersales.visit.assignment'
    _description = "Ended Assignment"
    _order = 'id desc'
    _rec_name = 'user_id'

    # the visit may be deleted: a number that is never given again
    visit_ref = fields.Integer(string="Visit Number", required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        'res.users', string="Technician", required=True, readonly=True, ondelete='cascade')
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", required=True, readonly=True,
        index=True, ondelete='cascade')
    company_id = fields.Many2one('res.company', required=True, readonly=True, index=True)
    create_date = fields.Datetime(string="Ended on", readonly=True)

    @api.autovacuum
    def _gc_assignments(self):
        limit = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        self.search([('create_date', '<', limit)]).unlink()
