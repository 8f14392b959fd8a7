import uuid
from contextlib import contextmanager

from odoo import api, models

from .roles import DISPATCHER


class AftersalesRevocationMixin(models.AbstractModel):
    """A conversation that ends for those to whom the document no longer belongs.

    Record rules shut out a former customer, technician or outlet at once; as followers they
    would go on reading what is written, and a link with the document's key would open its
    page. A model says which fields decide who reads (``_get_reader_fields``), whom they let
    in (``_get_reader_partners``) and who of them may have the key (``_get_key_holders``);
    ``_revoke_access`` and ``_renew_key`` are all that happens where somebody loses it.
    Colleagues are asked by their own rights, as a person of the document's outlet may still be
    shut out: who read it before and cannot any more loses it, whatever the fields say.
    """

    _name = 'aftersales.revocation.mixin'
    _description = "Document Whose Former Readers Lose It"

    def write(self, vals):
        names = vals.keys() & self._get_reader_fields()
        if not names:
            return super().write(vals)
        # who reads by the new value follows from the write, which core checks
        changed = self.sudo().filtered(lambda record: any(
            record._fields[name].type != 'many2one' or record[name].id != (vals[name] or False)
            for name in names))
        with changed._revoke_after(names):
            return super().write(vals)

    @contextmanager
    def _revoke_after(self, names):
        """Take these documents from those who read them before the block, and do not after it.

        Hook to call: around a write that changes who reads documents, such as one of a line that
        names a person, on the documents as superuser. What it raises undoes the write.

        :param names: the fields that the block changes
        """
        before = {
            record: (record._get_reader_partners(), record._get_key_holders())
            for record in self}
        colleagues = self._get_colleagues(readers for readers, __ in before.values())
        could_read = self._get_reading_colleagues(colleagues)
        yield
        can_read = self._get_reading_colleagues(colleagues)
        for record, (readers, holders) in before.items():
            # those of the same customer read it as the portal rules say
            family = record._get_family()
            lost, lost_holders = (
                (((partners - still) | could_read[record]) - can_read[record]).filtered(
                    lambda partner, family=family: partner.commercial_partner_id != family)
                for partners, still in (
                    (readers, record._get_reader_partners()),
                    (holders, record._get_key_holders())))
            if lost:
                record._revoke_access(lost)
            # desks change hands each day: the links that the customer got go on
            if (lost_holders and names != {'user_id'}
                    and record._fields.get('access_token') and record.access_token):
                record._renew_key(lost_holders)

    def _get_colleagues(self, groups):
        """Return the internal users in these groups of partners and among the followers.

        Dispatchers read all documents of their companies, whatever changes hands.
        """
        partners = self.message_partner_ids.union(*groups)
        return partners.user_ids.filtered(
            lambda user: not user.share and not user.has_group(DISPATCHER))

    def _get_reading_colleagues(self, users):
        """Return ``{document: partners}`` of the users who read it, in any of their companies."""
        readers = dict.fromkeys(self, self.env['res.partner'])
        for user in users:
            documents = self.sudo(False).with_user(user).with_context(
                allowed_company_ids=user.company_ids.ids)
            readable = set(documents._filtered_access('read').ids)
            for record in self:
                if record.id in readable:
                    readers[record] |= user.partner_id
        return readers

    @api.model
    def _get_reader_fields(self):
        """Return the names of the relational fields that decide who reads the document.

        Hook: called on the model before each write, as its user or superuser. Raises nothing.
        """
        return {'partner_id', 'user_id'} & self._fields.keys()

    def _get_reader_partners(self):
        """Return the partners who read this one document because of those fields.

        Hook: called for one record before and after a write that changes one of them, with the
        rights of superuser. Raises nothing.
        """
        return self._get_customer_readers()

    def _get_customer_readers(self):
        """Return the customer's people who read the document, with those who follow it."""
        self.ensure_one()
        family = self._get_family()
        customer = self.partner_id if family else family
        return customer | family | self.message_partner_ids.filtered(
            lambda partner: family and partner.commercial_partner_id == family)

    def _get_family(self):
        """Return the customer's own company; none where a document names no customer."""
        self.ensure_one()
        partners = self.env['res.partner']
        return self.partner_id.commercial_partner_id if 'partner_id' in self._fields else partners

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

        Hook: called for one record before and after such a write, with the rights of superuser.
        The key is new when one of them loses the document, and the links that were sent to the
        customer are dead. Raises nothing.
        """
        return self._get_reader_partners()

    def _renew_key(self, partners):
        """Make another key, as ``partners`` had this one and lost the document.

        Hook: called for one record with a key, with the rights of superuser, after
        ``_revoke_access``. What it raises undoes the write.
        """
        self.ensure_one()
        self.access_token = str(uuid.uuid4())
