from collections import Counter

from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesErasureMixin(models.AbstractModel):
    """A document beside the service order that holds photos or signatures of people.

    It says when it is finished (``_get_finished_domain``) and what it holds; what is under
    way keeps its proofs, as the orders do, and what is under dispute, too.

    A further kind of data is one value more of ``aftersales.erasure.period.kind`` by
    ``selection_add``, and on each model that holds it ``_get_<kind>_domain()``, which returns
    the documents that do, and ``_erase_<kind>s()``, which erases and returns the number. Both
    are called as superuser, the first on the model, the second for many records of one
    company that are finished and not held; what they raise stops the batch. Models without
    the methods do not know the kind and are left alone. A column ``<kind>_count`` on
    ``aftersales.erasure`` names the number; without one it counts as other data.
    """

    _name = 'aftersales.erasure.mixin'
    _description = "Document with Personal Data"
    _inherit = ['aftersales.legal.hold.mixin']

    picture_ids = fields.One2many(
        'ir.attachment', 'res_id', string="Pictures", bypass_search_access=True,
        domain=lambda self: [
            ('res_model', '=', self._name), ('res_field', '=', False),
            ('mimetype', '=like', 'image/%')])

    # === WHAT A DOCUMENT SAYS === #

    @api.model
    def _get_finished_domain(self, moment):
        """Return the domain of the documents that were finished by ``moment``."""
        return Domain.FALSE

    @api.model
    def _get_signature_fields(self):
        """Return the fields that hold a signature, or who signed."""
        return ()

    @api.model
    def _get_photo_domain(self):
        return super()._get_photo_domain() | Domain('picture_ids', '!=', False)

    def _get_erased_photos(self):
        return super()._get_erased_photos() | self.picture_ids

    # === RULES === #

    def _get_free_domain(self):
        """Keep the documents of a service order under legal hold as well."""
        free = super()._get_free_domain()
        if 'order_id' not in self._fields:
            return free
        return free & Domain('order_id', 'not any', [('legal_hold_reason', '!=', False)])

    @api.model
    def _get_customer_domain(self, partners):
        """Return the documents of these customers, their contacts and their addresses."""
        return Domain('partner_id', 'child_of', partners.ids)

    @api.model
    def _get_personal_data_domain(self, kind, before=None):
        """Return the domain of the finished documents that still hold data of ``kind``."""
        find = getattr(self, f'_get_{kind}_domain', None)
        if find is None:
            return Domain.FALSE
        return (self._get_finished_domain(before or fields.Datetime.now())
                & self._get_free_domain() & find())

    @api.model
    def _get_signature_domain(self):
        return Domain.OR(Domain(name, '!=', False) for name in self._get_signature_fields())

    def _erase_personal_data(self, kinds, reason, before=None, partner=None):
        """Erase the data of these finished documents and note it; return the numbers by kind.

        The caller has checked that the user may.
        """
        # no user may delete single proofs; the caller checked the right to erase all of a kind
        records = self.sudo().with_context(active_test=False).filtered_domain(
            self._get_finished_domain(before or fields.Datetime.now())
            & self._get_free_domain())
        counts = Counter()
        for company, group in records.grouped('company_id').items():
            erased = {kind: getattr(group, f'_erase_{kind}s')() for kind in kinds
                      if hasattr(group, f'_erase_{kind}s')}
            if any(erased.values()):
                group._note_erasure(company, erased, reason, partner)
            counts.update({kind: int(count) for kind, count in erased.items()})
        return counts

    def _erase_photos(self):
        photos = self._get_erased_photos()
        count = len(photos)
        photos.unlink()
        return count

    def _erase_signatures(self):
        names = self._get_signature_fields()
        signed = self.filtered(lambda record: any(record[name] for name in names))
        signed.write(dict.fromkeys(names, False))
        return len(signed)

    def _note_erasure(self, company, erased, reason, partner):
        """Keep when and by whom how much was erased, and note it in each chatter."""
        erasure = self.env['aftersales.erasure'].create({
            'company_id': company.id, 'reason': reason, 'user_id': self.env.uid,
            'partner_id': partner.id if partner else False, 'document_count': len(self),
            **self.env['aftersales.erasure']._prepare_counts(erased)})
        self._message_log_batch(bodies=dict.fromkeys(self.ids, erasure._describe()))
