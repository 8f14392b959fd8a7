from odoo import api, models
from odoo.exceptions import MissingError, UserError

from ...tools.words import read_words

# of one text of a phone; the sheets of the phone take no more either
TEXT_LIMIT = 2000


class AftersalesMobileMixin(models.AbstractModel):
    """A document on which people act with their phones, by ``/my/jobs``.

    A kind of action is a value of ``aftersales.job.action.kind`` (``selection_add``) and a
    method ``_on_mobile_<kind>(payload, moment)`` on the document. A phone may belong to a
    portal user who cannot read the document, so nothing but ``_check_mobile_access`` stands
    between a stranger and the handler: as long as a model does not override it, it refuses.
    """

    _name = 'aftersales.mobile.mixin'
    _description = "Document with Phone Actions"

    # whether the log of its actions is for the phone's user alone: a notice, an exam
    _is_mobile_action_private = False

    def _check_mobile_access(self, kind):
        """Refuse the current user's action ``kind`` on this document; the default refuses all.

        Hook: called by ``aftersales.job.action`` as the user of the phone, without superuser
        rights, for one existing record, before anything is read or written. Return when the user
        may act; else ask ``super()``, which refuses with the sentence of a missing document.

        :raise MissingError: the user may not act on this document, or it does not exist
        """
        raise MissingError(self.env._("This job does not exist or is no longer yours."))

    def _ensure_mobile_open(self, kind):
        """Refuse actions that come too late for this document; the default takes all.

        Hook: called by ``aftersales.job.action`` as superuser in the document's company, for one
        record, after ``_check_mobile_access`` and before the handler.

        :raise UserError: why the action comes too late; on a visit it is kept as late work
        """

    def _get_mobile_order(self, order_id):
        """Return the service order that an action names, none for most documents.

        Hook: called by ``aftersales.job.action`` as superuser, for one record, after
        ``_check_mobile_access`` and before the handler.

        :param order_id: what the phone sent, a positive number or False
        :raise UserError: the document has no such order
        """
        return self.env['aftersales.order']

    def _get_earliest_moment(self):
        """Return the time before which no action can have been tapped, or False.

        Hook: called by ``aftersales.job.action`` as superuser, for one record, before the handler,
        which gets no earlier moment: the clock of a phone may be slow, or set back. The default is
        the creation. Raises nothing.
        """
        return self.create_date

    @api.model
    def _read_text(self, payload, name, demand=None):
        """Return a text of the phone without what a database cannot hold, "" for none.

        It is never cut: words that somebody signs for stand as they were written.

        :param demand: the sentence that refuses an empty text
        :raise UserError: the text is too long, or empty against ``demand``
        """
        text = read_words(payload.get(name))
        if len(text) > TEXT_LIMIT:
            raise UserError(self.env._(
                "This text has %(length)s characters, and %(limit)s are read: write it shorter.",
                length=len(text), limit=TEXT_LIMIT))
        if demand and not text:
            raise UserError(demand)
        return text

    def _do_mobile_action(self, kind, order, payload, moment):
        """Call the handler of ``kind``; return the sentence that refuses it, or nothing.

        Handlers ``_on_mobile_<kind>(payload, moment)`` are called as superuser in the
        document's company and in the name of the phone's user, for one record, after the
        checks above and inside a savepoint of their own. ``payload`` is a dictionary whose
        values the phone chose: each handler checks them. ``moment`` is when the user tapped,
        in UTC. A handler raises ``UserError`` to refuse and undo what it wrote; it returns a
        sentence to refuse and keep it, such as a counted try.
        """
        return getattr(self, f'_on_mobile_{kind}')(payload, moment)
