from odoo import api, models
from odoo.fields import Domain

from ..order.aftersales_order_signature import SIGNATURES

# what a dispute is about: whom the order is for, what was said, found and done
_HELD_FIELDS = (
    *SIGNATURES, 'signed_by', 'refusal_reason', 'refusal_photo', 'site_id', 'date_event',
    'charge_kind', 'diagnosis', 'symptom_id', 'cause_id', 'remedy_id', 'solution', 'test_result',
    'test_note', 'remaining_risk', 'advice', 'customer_remark', 'article_condition', 'answer')


class AftersalesOrder(models.Model):
    """Positions, photos and signatures go when they are no longer needed or wanted.

    They prove that the work was done, so the orders under way keep them; what was done
    stays on record in words and figures.
    """

    _inherit = 'aftersales.order'

    _erasure_count_field = 'order_count'

    def _get_held_fields(self):
        return (*super()._get_held_fields(), *_HELD_FIELDS)

    # === WHAT THERE IS === #

    @api.model
    def _get_finished_domain(self, moment):
        return Domain('date_closed', '!=', False) & Domain('date_closed', '<=', moment)

    @api.model
    def _get_customer_domain(self, partners):
        """Return the orders of these customers, their contacts and their addresses."""
        return super()._get_customer_domain(partners) | Domain(
            'site_id', 'child_of', partners.ids)

    @api.model
    def _get_signature_fields(self):
        return (*super()._get_signature_fields(), *SIGNATURES, 'signed_by',
                'signed_sheet_name')  # a code freezes a sheet without a signature

    def _get_personal_text_fields(self):
        return (*super()._get_personal_text_fields(),
                'caller_name', 'description', 'follow_up_note')

    @api.model
    def _get_photo_domain(self, moment):
        """Return the domain of the orders with pictures, their own and those of their proofs."""
        return (
            super()._get_photo_domain(moment) | Domain('refusal_photo', '!=', False)
            | Domain('checklist_ids', 'any', [('photo', '!=', False)]))

    @api.model
    def _get_position_domain(self, moment):
        return Domain('visit_ids', 'any', self._get_position_visits(moment))

    @api.model
    def _get_position_visits(self, moment):
        """Return the domain of the visits with a position that no order needs any more.

        A common visit counts as its last order does: all of them were closed by ``moment``.
        """
        needed = ~self._get_finished_domain(moment) | ~self._get_free_domain()
        return (Domain('latitude', '!=', 0) | Domain('longitude', '!=', 0)) & Domain(
            'order_ids', 'not any', needed)

    # === HOW IT GOES === #

    def _erase_positions(self, moment):
        visits = self.env['aftersales.visit'].search(
            Domain('id', 'in', self.visit_ids.ids) & self._get_position_visits(moment))
        visits.write({'latitude': 0.0, 'longitude': 0.0})
        return len(visits)

    def _erase_photos(self, moment):
        checks = self.checklist_ids.filtered('photo')
        checks.photo = False
        unsigned = self.filtered('refusal_photo')
        unsigned.refusal_photo = False
        return len(checks) + len(unsigned) + super()._erase_photos(moment)

    def _erase_signatures(self, moment):
        """Erase signatures and signers; return the number of signatures, or of names alone."""
        count = sum(max(sum(bool(order[name]) for name in SIGNATURES), bool(order.signed_by))
                    for order in self)
        super()._erase_signatures(moment)
        return count

    # === CRON === #

    @api.model
    def _cron_erase_expired(self, batch_size=100):
        """Erase what the companies no longer keep, one committed batch at a time."""
        cron = self.env['ir.cron']
        papers = {records._name: records for records in (
            self.with_context(active_test=False),
            *self.env['aftersales.erasure']._get_documents())}
        tasks = [
            (papers[model], kind, before,
             papers[model]._get_personal_data_domain(kind, before)
             & Domain('company_id', '=', company.id))
            for company in self.env['res.company'].search([])
            for (model, kind), before in self.env['aftersales.erasure.period']._get_limits(
                company).items()]
        cron._commit_progress(
            remaining=sum(records.search_count(domain) for records, *__, domain in tasks))
        for records, kind, before, domain in tasks:
            while batch := records.search(domain, limit=batch_size).try_lock_for_update(
                    allow_referencing=True):
                batch._erase_personal_data([kind], 'retention', before)
                if not cron._commit_progress(len(batch)):
                    return  # out of time: the next run continues
