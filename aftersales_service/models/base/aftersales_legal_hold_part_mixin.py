from odoo import api, models


class AftersalesLegalHoldPartMixin(models.AbstractModel):
    """A part of a document that may be under legal hold: it stays as long as the document.

    ``_hold_field`` names the document.
    """

    _name = 'aftersales.legal.hold.part.mixin'
    _description = "Part of a Document with Legal Hold"

    _hold_field = None

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        self._get_hold_documents()._ensure_not_held()

    def _get_hold_documents(self):
        """Return the documents whose legal hold keeps these records.

        Hook: called with the rights of the user who deletes, superuser too, for the batch that
        is deleted. Raises nothing: the documents refuse.
        """
        # who may delete a part need not read its document
        return self.sudo()[self._hold_field]
