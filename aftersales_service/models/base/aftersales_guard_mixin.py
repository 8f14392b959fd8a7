from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

# what colleagues add to a record in each of its states
_ALWAYS_OPEN = frozenset({'message_follower_ids', 'message_ids', 'activity_ids', 'access_token'})


class AftersalesGuardMixin(models.AbstractModel):
    """A record whose rules name the records that they refuse, and that keeps settled facts.

    Views grey such facts out; an import or a call would still write them, and a photo could be
    replaced as an attachment: all of them ask ``_ensure_may_change``.
    """

    _name = 'aftersales.guard.mixin'
    _description = "Record with Rules"

    def write(self, vals):
        if not self.env.su:
            self._ensure_history_stays(vals)
            self._ensure_may_change(vals)
        return super().write(vals)

    def _ensure_history_stays(self, vals):
        """Refuse to take messages off the records; ``mail.message`` guards each message."""
        value = vals.get('message_ids', [])
        if not self.env.is_admin() and not (isinstance(value, list) and all(
                isinstance(command, list | tuple)
                and command[0] in (Command.CREATE, Command.LINK) for command in value)):
            raise AccessError(self.env._(
                "The history of a document stays as it was written: add a note, or ask an "
                "administrator to delete the message."))

    def _refuse_where(self, is_wrong, message):
        """Raise a ``UserError`` that names the records for which ``is_wrong``, if there are any.

        Hook to call: by the rules of a model, as any user, for a batch, before anything is written.

        :param is_wrong: a function of one record, or the name of a field
        :param message: the reason and what to do, a sentence without its full stop
        :raise UserError: “message: names”
        """
        refused = self.filtered(is_wrong)
        if refused:
            raise UserError(self.env._(
                "%(message)s: %(names)s", message=message,
                names=refused.mapped('display_name')))

    def _ensure_may_change(self, vals):
        """Refuse values of fields that the records keep.

        Hook: called by ``write``, as the user, for a batch, before the write; superuser is not
        asked. The attachments of a record's photos ask it as well, as if ``photo_ids`` were
        written. Extend it where the new value matters; fields that stay are named in
        ``_get_locked_fields``.

        :param vals: what is about to be written
        :raise AccessError: the user may not write the records at all
        :raise UserError: naming the records
        """
        names = vals.keys() - _ALWAYS_OPEN
        locked = self.filtered(
            lambda record: not names.isdisjoint(record._get_locked_fields()))
        if locked:
            self.check_access('write')  # before a sentence that names records
            locked._refuse_where(lambda record: True, locked._get_locked_message())

    def _get_locked_fields(self):
        """Return the names of the fields that this one record keeps as they are now.

        Hook: called by ``_ensure_may_change``, as the user, for one record before it is written.
        Modules add names (``super() | {…}``) or take some off (``super() - {…}``); ``_get_all_but``
        serves where little stays open. Raises nothing.
        """
        self.ensure_one()
        return frozenset()

    def _get_all_but(self, *names):
        """Return the names of all fields but these.

        Hook to call: by ``_get_locked_fields``, with any rights; reads no record. Raises nothing.
        """
        return self._fields.keys() - set(names)

    def _get_locked_message(self):
        """Return why these records keep their fields and what to do next, without full stop.

        Hook: called by ``_ensure_may_change``, as the user who may write them, for the batch that
        is refused, which the message names. Raises nothing.
        """
        return self.env._("These are settled and cannot be changed")
