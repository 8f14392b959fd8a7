import uuid

from odoo import api, models


class AftersalesRevocationMixin(models.AbstractModel):
    """A conversation that ends for those to whom the document no longer belongs.

    Record rules shut out a former customer, technician or outlet at once; as followers they
    would go on reading what is written, and a link with the document's key would open its
    page. A model says which fields decide who reads (``_get_reader_fields``) and whom they let
    in (``_get_reader_partners``); ``_revoke_access`` is all that happens to those who lose it.
    """

    _name = 'aftersales.revocation.mixin'
    _description = "Document Whose Former Readers Lose It"

    def write(self, vals):
        names = vals.keys() & self._get_reader_fields()
        # who reads by the new value follows from the write, which core checks
        changed = self.sudo().filtered(lambda record: any(
            record[name] and record[name].id != vals[name] for name in names)) if names else ()
        before = {record: record._get_reader_partners() for record in changed}
        result = super().write(vals)
        for record, partners in before.items():
            # those of the same customer read it as the portal rules say
            family = record.partner_id.commercial_partner_id
            lost = (partners - record._get_reader_partners()).filtered(
                lambda partner, family=family: partner.commercial_partner_id != family)
            if lost:
                record._revoke_access(lost)
        return result

    @api.model
    def _get_reader_fields(self):
        """Hook: return the names of the many2one fields that decide who reads the document.

        Called before each write, as its user or superuser, for no record.
        """
        return {'partner_id'}

    def _get_reader_partners(self):
        """Hook: return the partners who read this one document because of those fields.

        Called before and after a write that changes one of them, as superuser.
        """
        self.ensure_one()
        family = self.partner_id.commercial_partner_id
        return self.partner_id | family | self.message_partner_ids.filtered(
            lambda partner: family and partner.commercial_partner_id == family)

    def _revoke_access(self, partners):
        """End what ``partners`` may do with this document: they follow it no more, its key is new.

        Hook: called as superuser for one record after a write that took the document from
        them; modules that gave them something else take it back here.
        """
        self.ensure_one()
        if partners & self.message_partner_ids:
            self.message_unsubscribe(partners.ids)
        if self._fields.get('access_token') and self.access_token:
            self.access_token = str(uuid.uuid4())
