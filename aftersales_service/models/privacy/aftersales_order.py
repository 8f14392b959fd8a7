from collections import Counter

from odoo import api, fields, models
from odoo.fields import Domain

from ..order.aftersales_order_signature import SIGNATURES


class AftersalesOrder(models.Model):
    """Positions, photos and signatures go when they are no longer needed or wanted.

    They prove that the work was done, so the orders under way keep them; what was done
    stays on record in words and figures.
    """

    _name = 'aftersales.order'
    _inherit = ['aftersales.order', 'aftersales.legal.hold.mixin']

    photo_ids = fields.One2many(
        'ir.attachment', 'res_id', string="Photos", bypass_search_access=True,
        domain=[('res_model', '=', 'aftersales.order'), ('res_field', '=', False),
                ('mimetype', '=like', 'image/%')])

    def _get_locked_fields(self):
        """Keep what was signed as it is, while a legal hold lasts."""
        locked = super()._get_locked_fields()
        # every colleague may know that it is held: the form says so
        if not self.sudo().legal_hold_reason:
            return locked
        return locked | {
            name for name in (*SIGNATURES, 'signed_by', 'refusal_photo') if self[name]}

    def _get_locked_message(self):
        # as above
        if any(self.sudo().mapped('legal_hold_reason')):
            return self.env._(
                "A legal hold keeps what was signed and settled; ask a team lead to release it")
        return super()._get_locked_message()

    # === WHAT THERE IS === #

    @api.model
    def _get_personal_data_domain(self, kind, before=None):
        """Return the domain of the closed orders that still hold data of ``kind``.

        :param before: only those closed before this time; a common visit counts as its
            last order does
        """
        moment = before or fields.Datetime.now()
        if kind == 'position':
            found = Domain('visit_ids', 'any', self._get_position_domain(moment))
        elif find := getattr(self, f'_get_{kind}_domain', None):
            found = find()
        else:
            return Domain.FALSE
        return (Domain('date_closed', '!=', False) & Domain('date_closed', '<=', moment)
                & self._get_free_domain() & found)

    @api.model
    def _get_signature_domain(self):
        return Domain('signed_by', '!=', False) | Domain.OR(
            Domain(name, '!=', False) for name in SIGNATURES)

    def _get_personal_text_fields(self):
        return ('caller_name', 'description', 'follow_up_note')

    @api.model
    def _get_photo_domain(self):
        """Return the domain of the orders with pictures, their own and those of their proofs."""
        return (
            super()._get_photo_domain() | Domain('photo_ids', '!=', False)
            | Domain('refusal_photo', '!=', False)
            | Domain('checklist_ids', 'any', [('photo', '!=', False)]))

    def _get_erased_photos(self):
        return super()._get_erased_photos() | self.photo_ids

    @api.model
    def _get_position_domain(self, moment):
        """Return the visits with a position whose orders were all closed by ``moment``."""
        return (Domain('latitude', '!=', 0) | Domain('longitude', '!=', 0)) & Domain(
            'order_ids', 'not any', Domain('date_closed', '=', False) | Domain(
                'date_closed', '>', moment) | ~self._get_free_domain())

    # === HOW IT GOES === #

    def _erase_personal_data(self, kinds, reason, before=None, partner=None):
        """Erase the data of these closed orders and note it; return the numbers by kind.

        The caller has checked that the user may; the orders say in their chatter what
        kind of data is gone.
        """
        # the caller checked the right to erase, which takes all proofs of a kind
        orders = self.sudo().with_context(active_test=False).filtered_domain(
            Domain('date_closed', '!=', False) & self._get_free_domain())
        moment = before or fields.Datetime.now()
        counts = Counter()
        for company, group in orders.grouped('company_id').items():
            erased = {
                kind: group._erase_positions(moment) if kind == 'position'
                else getattr(group, f'_erase_{kind}s')()
                for kind in kinds if hasattr(group, f'_erase_{kind}s')}
            if any(erased.values()):
                group._note_erasure(company, erased, reason, partner)
            counts.update(erased)
        return counts

    def _erase_positions(self, moment):
        visits = self.env['aftersales.visit'].search(
            Domain('id', 'in', self.visit_ids.ids) & self._get_position_domain(moment))
        visits.write({'latitude': 0.0, 'longitude': 0.0})
        return len(visits)

    def _erase_photos(self):
        checks = self.checklist_ids.filtered('photo')
        checks.photo = False
        unsigned = self.filtered('refusal_photo')
        unsigned.refusal_photo = False
        photos = self._get_erased_photos()
        count = len(checks) + len(unsigned) + len(photos)
        photos.unlink()
        return count

    def _erase_signatures(self):
        count = sum(max(sum(bool(order[name]) for name in SIGNATURES), bool(order.signed_by))
                    for order in self)
        self.write(dict.fromkeys([*SIGNATURES, 'signed_by'], False))
        return count

    def _note_erasure(self, company, erased, reason, partner):
        """Keep when and by whom how much was erased, and note it in each order's chatter."""
        erasure = self.env['aftersales.erasure'].create({
            'company_id': company.id, 'reason': reason, 'user_id': self.env.uid,
            'partner_id': partner.id if partner else False, 'order_count': len(self),
            **self.env['aftersales.erasure']._prepare_counts(erased)})
        self._message_log_batch(bodies=dict.fromkeys(self.ids, erasure._describe()))

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
