import uuid

from odoo import api, models


class AftersalesRevocationMixin(models.AbstractModel):
    """A conversation that ends for those to whom the document no longer belongs.

    Record rules shut out a former customer, technician or outlet at once; as followers they
    would go on reading what is written, and a link with the document's key would open its
    page. A model says which fields decide who reads (``_get_reader_fields``), whom they let
    in (``_get_reader_partners``) and who of them may have the key (``_get_key_holders``);
    ``_revoke_access`` and ``_renew_key`` are all that happens where somebody loses it.
    """

    _name = 'aftersales.revocation.mixin'
    _description = "Document Whose Former Readers Lose It"

    def write(self, vals):
        names = vals.keys() & self._get_reader_fields()
        # who reads by the new value follows from the write, which core checks
        changed = self.sudo().filtered(lambda record: any(
            record[name] and record[name].id != vals[name] for name in names)) if names else ()
        before = {
            record: (record._get_reader_partners(), record._get_key_holders())
            for record in changed}
        result = super().write(vals)
        for record, (readers, holders) in before.items():
            # those of the same customer read it as the portal rules say
            family = record.partner_id.commercial_partner_id
            lost, lost_holders = (
                (partners - still).filtered(
                    lambda partner, family=family: partner.commercial_partner_id != family)
                for partners, still in (
                    (readers, record._get_reader_partners()),
                    (holders, record._get_key_holders())))
            if lost:
                record._revoke_access(lost)
            if lost_holders and record._fields.get('access_token') and record.access_token:
                record._renew_key(lost_holders)
        return result

    @api.model
    def _get_reader_fields(self):
        """Return the names of the many2one fields that decide who reads the document.

        Hook: called on the model before each write, as its user or superuser. Raises nothing.
        """
        return {'partner_id'}

    def _get_reader_partners(self):
        """Return the partners who read this one document because of those fields.

        Hook: called for one record before and after a write that changes one of them, with the
        rights of superuser. Raises nothing.
        """
        return self._get_customer_readers()

    def _get_customer_readers(self):
        """Return the customer's people who read the document, with those who follow it."""
        self.ensure_one()
        family = self.partner_id.commercial_partner_id
        return self.partner_id | family | self.message_partner_ids.filtered(
            lambda partner: family and partner.commercial_partner_id == family)

    def _revoke_access(self, partners):
        """End what ``partners`` may do with this document: they follow it no more.

        Hook: called for one record with the rights of superuser, after a write that took the
        document from them; modules that gave them something else take it back here. What it
        raises undoes the write.
        """
        self.ensure_one()
        if partners & self.message_partner_ids:
            self.message_unsubscribe(partners.ids)

    def _get_key_holders(self):
        """Return those readers who may have the key of the document's page; by default all.

        Hook: called like ``_get_reader_partners``: the key is new when one of them loses the
        document, and with it the links that were sent to the customer are dead. Raises nothing.
        """
        return self._get_reader_partners()

    def _renew_key(self, partners):
        """Make another key, as ``partners`` had this one and lost the document.

        Hook: called for one record with a key, with the rights of superuser, after
        ``_revoke_access``. What it raises undoes the write.
        """
        self.ensure_one()
        self.access_token = str(uuid.uuid4())
