from collections import Counter

from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesErasureMixin(models.AbstractModel):
    """A document beside the service order that holds photos or signatures of people.

    It says when it is finished (``_get_finished_domain``) and what it holds; what is under
    way keeps its proofs, as the orders do.
    """

    _name = 'aftersales.erasure.mixin'
    _description = "Document with Personal Data"

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
        return Domain('picture_ids', '!=', False)

    def _get_erased_photos(self):
        return self.picture_ids

    # === RULES === #

    @api.model
    def _get_customer_domain(self, partners):
        """Return the documents of these customers, their contacts and their addresses."""
        return Domain('partner_id', 'child_of', partners.ids)

    @api.model
    def _get_personal_data_domain(self, kind, before=None):
        """Return the domain of the finished documents that still hold data of ``kind``."""
        found = {
            'photo': self._get_photo_domain,
            'signature': lambda: Domain.OR(
                Domain(name, '!=', False) for name in self._get_signature_fields())}
        if kind not in found:
            return Domain.FALSE
        return self._get_finished_domain(before or fields.Datetime.now()) & found[kind]()

    def _erase_personal_data(self, kinds, reason, before=None, partner=None):
        """Erase the data of these finished documents and note it; return the numbers by kind.

        The caller has checked that the user may.
        """
        # nobody has the right to take single proofs away; who may erase takes all of a kind
        records = self.sudo().with_context(active_test=False).filtered_domain(
            self._get_finished_domain(before or fields.Datetime.now()))
        counts = Counter()
        for company, group in records.grouped('company_id').items():
            erased = {'photo': 'photo' in kinds and group._erase_photos(),
                      'signature': 'signature' in kinds and group._erase_signatures()}
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
        """Keep when and by whom how much was erased, and tell each document's chatter."""
        erasure = self.env['aftersales.erasure'].create({
            'company_id': company.id, 'reason': reason, 'user_id': self.env.uid,
            'partner_id': partner.id if partner else False, 'document_count': len(self),
            'photo_count': int(erased['photo']), 'signature_count': int(erased['signature'])})
        self._message_log_batch(bodies=dict.fromkeys(self.ids, erasure._describe()))
