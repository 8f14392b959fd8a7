from odoo import api, fields, models


class AftersalesNotifyMixin(models.AbstractModel):
    """A document of which somebody outside hears: a customer, an owner, a participant.

    The document says what happened (``_notify_customer``); the company's notifications
    (``aftersales.notifier``) say whether, how and with which text it is sent, and
    ``aftersales.message`` keeps what was sent. The document needs a ``company_id`` and adds
    its events to ``aftersales.notifier.event`` by ``selection_add`` with
    ``ondelete='cascade'``.
    """

    _name = 'aftersales.notify.mixin'
    _description = "Document with Notifications"

    # its messages carry a key of the recipient: they hang on no document that colleagues read
    _is_message_private = False

    customer_message_ids = fields.One2many(
        'aftersales.message', 'res_id', string="Messages to the Customer",
        domain=lambda self: [('res_model', '=', self._name)], copy=False)

    def init(self):
        """Refuse the installation of a module whose document names events that do not exist."""
        if not self._abstract:
            self._check_events()
        return super().init()

    def unlink(self):
        ids = self.ids
        result = super().unlink()
        self.env['aftersales.message']._unlink_lines_of(self._name, ids)
        return result

    # === ACTIONS === #

    def action_view_customer_messages(self):
        """Show what was sent about these documents; an empty list where nothing was."""
        return {
            'type': 'ir.actions.act_window',
            'res_model': 'aftersales.message',
            'view_mode': 'list,form',
            'domain': [('res_model', '=', self._name), ('res_id', 'in', self.ids)],
            # last: what follows it here would be exported as a term
            'name': self.env._("Messages to the Customer"),
        }

    # === THE ONE CALL === #

    def _notify_customer(self, event, occasion=None):
        """Queue what the recipients of these documents hear of ``event``.

        Hook to call: by the document's steps and crons, as the user or superuser, for one
        document or a batch, after the step. It runs as superuser: who may move a document may let
        its recipient know, and the company's notifications decide what is sent. Where no company
        sends the event, nothing is looked up. The messages leave by the cron, in the recipient's
        language and outside of the quiet hours; a code is sent at once by
        ``_process(secrets=…)``.

        :param str event: one of ``_get_notification_events()``
        :param str occasion: distinguishes two occasions of the event; of one occasion each
            recipient hears once, however often this is called. By default
            ``_get_occasion(event)`` of each document
        :return: the new messages (``aftersales.message``), as superuser
        :raise ValueError: the event is none of this model's
        """
        messages, notifier = self.env['aftersales.message'], self.env['aftersales.notifier']
        if event not in self._get_notification_events():
            raise ValueError(
                f"{self._name} sends no “{event}”: add it to _get_notification_events()")
        if not self or not notifier._is_notified(event):
            return messages
        # who may move the document was checked by the step that calls
        documents = self.sudo()
        return notifier.sudo()._queue(event, {
            document: occasion or document._get_occasion(event) or event
            for document in documents})

    # === HOOKS === #

    @api.model
    def _get_notification_events(self):
        """Return the events of this model, each a value of ``aftersales.notifier.event``.

        Hook: called on the model, with any rights, by ``_notify_customer``, by
        ``aftersales.notifier`` and at the installation, which refuses unknown events and those of
        another model (``ValueError``): the texts of notifications are written for one model. Extend
        it by ``super() | {…}``. Raises nothing itself.
        """
        return frozenset()

    @api.model
    def _get_secret_events(self):
        """Return those events whose messages carry a code that colleagues must not read.

        Hook: called on the model, with any rights, when a notification is saved, which is refused
        on a channel without ``_can_carry_secret``, and at the installation, which refuses events
        that are none of this model (``ValueError``). Raises nothing itself.
        """
        return frozenset()

    def _get_occasion(self, event):
        """Return the text that distinguishes occasions of ``event``; most happen once.

        Hook: called by ``_notify_customer`` without ``occasion``, as superuser, for one document,
        after the step and before the message is queued; not for events that no company sends. Must
        not raise: it would undo the step.
        """
        return event

    def _is_message_needed(self, event):
        """Whether the recipient should still hear of ``event``.

        Hook: called by ``aftersales.message._process`` (a cron, or code that sends at once), as
        superuser, for one document, right before each attempt to send; what is not needed any more
        is dropped. Must not raise: it would stop the batch.
        """
        return True

    def _get_notification_recipient(self):
        """Return who hears of this document: ``{'name', 'partner', 'lang', 'email', 'phone'}``.

        Hook: called by channels and ``aftersales.message``, as superuser, for one document, at each
        attempt to send and where the recipient is listed. ``partner`` is a record of
        ``res.partner``, empty for others; ``email`` is normalized, ``phone`` in full with
        country, ``lang`` a code or ``False`` (then the company's). A channel of another kind reads
        its own key (``_address_key``), which its module adds. Raises nothing.
        """
        self.ensure_one()
        partner = self.partner_id if 'partner_id' in self._fields else (
            self.env['res.partner'])
        return self._prepare_partner_recipient(partner)

    @api.model
    def _prepare_partner_recipient(self, partner):
        """Return what ``_get_notification_recipient`` returns for a partner, or for none."""
        return {
            'name': partner.name or "", 'partner': partner, 'lang': partner.lang,
            'email': partner.email_normalized, 'phone': partner.phone_sanitized}

    def _prepare_message_parameters(self, lang):
        """Return ``{name: text}`` that a provider's template may use, in ``lang``.

        Hook: called by ``aftersales.message._send``, as superuser in the recipient's language, for
        one document at each attempt, before the message leaves. The message keeps them, so no link
        with a key belongs here. Must not raise: it would stop the batch.
        """
        self.ensure_one()
        return {
            'company': self.company_id.name,
            'customer': self._get_notification_recipient()['name']}

    def _prepare_message_links(self, lang):
        """Return ``{name: address}`` that a provider's template may use beside the parameters.

        Hook: called by ``aftersales.provider._deliver``, as superuser in the recipient's language,
        for one document at each attempt, while the message leaves. Links carry keys: they are
        stored nowhere.

        :raise UserError, OSError: the message is tried again
        """
        return {}

    # === RULES === #

    @api.model
    def _get_notifying_models(self):
        """Return the names of the installed models whose documents notify somebody."""
        return [name for name in self.pool.descendants(['aftersales.notify.mixin'], '_inherit')
                if not self.pool[name]._abstract]

    @api.model
    def _check_events(self):
        """Check the events of this model when a module of it is installed or updated.

        :raise ValueError: an event is unknown, belongs to another model too, or is called
            secret without being an event of this model
        """
        known = {value for value, __ in self.env['aftersales.notifier']._fields[
            'event'].selection}
        events = self._get_notification_events()
        if unknown := events - known:
            raise ValueError(
                f"{self._name} sends unknown events: {', '.join(sorted(unknown))}. Add them "
                "to aftersales.notifier.event by selection_add, with ondelete='cascade'.")
        if strange := self._get_secret_events() - events:
            raise ValueError(
                f"{self._name} keeps events secret that it does not send: "
                f"{', '.join(sorted(strange))}. Add them to _get_notification_events().")
        for name, others in self.env['aftersales.notifier']._get_events_by_model().items():
            if name != self._name and (shared := events & others):
                raise ValueError(
                    f"{self._name} sends events of {name}: {', '.join(sorted(shared))}. "
                    "Texts are written for one model: give it events of its own.")
