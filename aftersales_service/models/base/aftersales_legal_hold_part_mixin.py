from odoo import api, models
from odoo.fields import Command


class AftersalesLegalHoldPartMixin(models.AbstractModel):
    """A part of a document that may be under legal hold: it stays as long as the document.

    Neither is it deleted, nor are its pictures and files emptied or replaced, nor does it go to
    another document. ``_hold_field`` names the document.
    """

    _name = 'aftersales.legal.hold.part.mixin'
    _description = "Part of a Document with Legal Hold"

    _hold_field = None

    def write(self, vals):
        # what is lost is judged for all; who may write is asked by the write itself
        self.sudo().filtered(
            lambda part: loses_proof(part, vals) or part._leaves_document(vals, self.env.su),
        )._get_hold_documents()._ensure_not_held()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        self._get_hold_documents()._ensure_not_held()

    def _leaves_document(self, vals, is_superuser):
        """Whether the values put this part on another document, or on none, by a user's hand."""
        if is_superuser or self._hold_field not in vals:
            return False
        document = self[self._hold_field]
        return bool(document) and document.id != vals[self._hold_field]

    def _get_hold_documents(self):
        """Return the documents whose legal hold keeps these records.

        Asked with the rights of the user who deletes, superuser too, for the batch that is deleted,
        or that would lose a picture or its document by a write. The documents refuse.
        """
        # who may delete a part need not read its document
        return self.sudo()[self._hold_field]


def loses_proof(record, vals):
    """Return whether the values empty or replace a file of ``record``, or take a photo off it."""
    for name, value in vals.items():
        field = record._fields.get(name)
        if field is None or not field.store:
            continue
        if field.type == 'binary' and record.with_context(bin_size=True)[name]:
            return True
        if field.type == 'many2many' and field.comodel_name == 'ir.attachment' and not (
                set(record[name].ids) <= find_kept(record[name].ids, value)):
            return True
    return False


def find_kept(ids, value):
    """Return which of these ids a value of a many2many leaves in it."""
    kept = set(ids) if value or value == [] else set()
    for command in value or ():
        if command[0] in (Command.DELETE, Command.UNLINK):
            kept.discard(command[1])
        elif command[0] == Command.CLEAR:
            kept.clear()
        elif command[0] == Command.SET:
            kept = set(command[2])
        elif command[0] == Command.LINK:
            kept.add(command[1])
    return kept
