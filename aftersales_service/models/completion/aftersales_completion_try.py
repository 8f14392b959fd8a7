from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models

KEEP_DAYS = 2


class AftersalesCompletionTry(models.Model):
    """A guess at a completion code, or a code that left, whatever becomes of the request.

    It is written in a transaction of its own: an error that undoes the request does not
    undo the count. What it counts may not be committed yet, so it names a number, not a
    record; numbers are never given again.
    """

    _name = 'aftersales.completion.try'
    _description = "Attempt at a Completion Code"
    _order = 'id desc'
    _rec_name = 'kind'

    kind = fields.Selection(
        [('guess', "Guess"), ('send', "Code Sent")], required=True, readonly=True)
    counted_ref = fields.Integer(
        string="Number of Code or Order", required=True, readonly=True, index=True)
    date = fields.Datetime(required=True, readonly=True)

    @api.model
    def _note(self, kind, number):
        """Note one attempt for good; called as superuser, after the check of the step."""
        with self.env.registry.cursor() as cr:
            self._in(cr).create({
                'kind': kind, 'counted_ref': number, 'date': fields.Datetime.now()})

    @api.model
    def _count(self, kind, number):
        """Return how many attempts were noted within a day, by any request up to now."""
        since = fields.Datetime.now() - timedelta(days=1)
        with self.env.registry.cursor() as cr:
            return self._in(cr).search_count([
                ('kind', '=', kind), ('counted_ref', '=', number), ('date', '>', since)])

    @api.model
    def _in(self, cr):
        # no user may write attempts, and a user made by this request is unknown elsewhere
        return self.with_env(self.env(cr=cr, user=SUPERUSER_ID, su=True, context={}))

    @api.autovacuum
    def _gc_tries(self):
        self.search([
            ('date', '<', fields.Datetime.now() - timedelta(days=KEEP_DAYS))]).unlink()
