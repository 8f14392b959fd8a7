from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesErasureMixin(models.AbstractModel):
    """A document that holds photos, signatures or other personal data: orders and others.

    It says when it is finished (``_get_finished_domain``) and what it holds; what is under
    way keeps its proofs, and what is under dispute, too.

    A further kind of data is one value more of ``aftersales.erasure.period.kind`` by
    ``selection_add``, and on each model that holds it ``_get_<kind>_domain(moment)``, which
    returns the documents that do, and ``_erase_<kind>s(moment)``, which erases and returns the
    number. The first is called on the model, as superuser or administrator, the second as
    superuser for many records of one company that were finished by ``moment`` and are not
    held; what they raise undoes the batch. Models without the methods do not know the kind
    and are left alone. A column ``<kind>_count`` on ``aftersales.erasure`` names the number;
    without one it counts as other data.
    """

    _name = 'aftersales.erasure.mixin'
    _description = "Document with Personal Data"
    _inherit = ['aftersales.legal.hold.mixin']

    # the column of ``aftersales.erasure`` that counts documents of this model
    _erasure_count_field = 'document_count'

    picture_ids = fields.One2many(
        'ir.attachment', 'res_id', string="Pictures", bypass_search_access=True,
        domain=lambda self: [
            ('res_model', '=', self._name), ('res_field', '=', False),
            ('mimetype', '=like', 'image/%')],
        groups='base.group_user')

    # === WHAT A DOCUMENT SAYS === #

    @api.model
    def _get_finished_domain(self, moment):
        """Return the domain of the documents that were finished by ``moment``.

        Hook: called on the model by the erasure cron and the erasure of a customer's data, as
        superuser or administrator, before documents are searched and again before they are erased.
        By default none is ever finished. Raises nothing.
        """
        return Domain.FALSE

    @api.model
    def _get_signature_fields(self):
        """Return the fields that hold a signature, or who signed.

        Hook: called on the model, as superuser or administrator, before documents with signatures
        are searched and when those of a batch are erased. Extend it by ``(*super()…, 'name')``.
        Raises nothing.
        """
        return ()

    @api.model
    def _get_photo_domain(self, moment):
        return super()._get_photo_domain(moment) | Domain('picture_ids', '!=', False)

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
        """Return the documents of these customers, their contacts and their addresses.

        Hook: called on the model by the erasure of a customer's data, as administrator, before the
        search. Override it where the customer is found otherwise than by ``partner_id``. Raises
        nothing.
        """
        return Domain('partner_id', 'child_of', partners.ids)

    @api.model
    def _get_personal_data_domain(self, kind, before=None):
        """Return the domain of the finished documents that still hold data of ``kind``.

        :param before: only those finished by this time, by default by now
        """
        find = getattr(self, f'_get_{kind}_domain', None)
        if find is None:
            return Domain.FALSE
        moment = before or fields.Datetime.now()
        return self._get_finished_domain(moment) & self._get_free_domain() & find(moment)

    @api.model
    def _get_signature_domain(self, moment):
        return Domain.OR(Domain(name, '!=', False) for name in self._get_signature_fields())

    def _erase_photos(self, moment):
        photos = self._get_erased_photos()
        count = len(photos)
        photos.unlink()
        return count

    def _erase_signatures(self, moment):
        names = self._get_signature_fields()
        signed = self.filtered(lambda record: any(record[name] for name in names))
        signed.write(dict.fromkeys(names, False))
        return len(signed)
