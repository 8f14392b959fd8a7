from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = 'res.partner'

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        """Keep the customers of documents under legal hold: without them nothing is proved."""
        # who may delete a customer need not read all documents
        for documents in self.sudo().env.values():
            if documents._abstract or not hasattr(documents, '_get_held_fields'):
                continue
            names = [name for name in documents._get_held_fields()
                     if documents._fields[name].comodel_name == self._name]
            held = documents.with_context(active_test=False).search(
                Domain.OR(Domain(name, 'in', self.ids) for name in names)
                & ~documents._get_free_domain(), limit=1)
            if held:
                raise UserError(self.env._(
                    "The customer of %(document)s cannot be deleted: a legal hold keeps the "
                    "document. Archive the contact, or ask a team lead to release the hold "
                    "first.", document=held.display_name))

    def _get_service_data_domain(self):
        """Return the orders of these customers, their contacts and their addresses."""
        return self.env['aftersales.order']._get_customer_domain(self)

    def _erase_service_data(self):
        """Erase positions, photos and signatures of these customers' closed orders.

        Only administrators may; the customer's chatter says what was erased. Returns the
        orders whose data stay: those that are still open, and those on legal hold.
        """
        if not self.env.user.has_group('aftersales_service.group_aftersales_manager'):
            raise AccessError(self.env._("Only administrators erase personal data."))
        orders = self.env['aftersales.order'].with_context(active_test=False)
        kinds = self.env['aftersales.erasure']._get_kinds()
        holds_data = Domain.OR(orders._get_personal_data_domain(kind) for kind in kinds)
        for partner in self:
            closed = orders.search(partner._get_service_data_domain() & holds_data)
            counts = closed._erase_personal_data(kinds, 'request', partner=partner)
            counts['document'] = partner._erase_documents(counts)
            partner._message_log(body=self.env._(
                "Personal data erased. Service orders: %(orders)s; other documents: "
                "%(documents)s; positions: %(positions)s; photos: %(photos)s; signatures: "
                "%(signatures)s; texts: %(texts)s.", orders=len(closed),
                documents=counts['document'], positions=counts['position'],
                photos=counts['photo'], signatures=counts['signature'], texts=counts['text']))
        return orders.search(self._get_service_data_domain() & (
            Domain('date_closed', '=', False) | ~orders._get_free_domain()))

    def _erase_documents(self, counts):
        """Erase the same of this customer's finished returns, trade-ins and appraisals.

        Adds the numbers by kind to ``counts``; returns how many documents held any.
        """
        self.ensure_one()
        erased, kinds = 0, self.env['aftersales.erasure']._get_kinds()
        for documents in self.env['aftersales.erasure']._get_documents():
            # administrators erase what they need not read: a notice to a person, file by file
            mine = documents.sudo().search(documents._get_customer_domain(self) & Domain(
                'company_id', 'in', self.env.companies.ids))
            held = mine.filtered_domain(Domain.OR(
                documents._get_personal_data_domain(kind) for kind in kinds))
            counts.update(held._erase_personal_data(kinds, 'request', partner=self))
            erased += len(held)
        return erased
