from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .aftersales_legal_hold_part_mixin import loses_proof
from .roles import TEAM_LEAD

# whom a document is for, about which unit, and what was said
HELD_FIELDS = (
    'partner_id', 'caller_name', 'phone', 'subject', 'description', 'serial', 'warranty_id',
    'product_id')


class AftersalesLegalHoldMixin(models.AbstractModel):
    """A document that may be under dispute: until it is released, nothing of it goes.

    Neither an erasure nor a deletion by hand takes the document, its files or its messages, and
    no write empties or replaces a picture of it, its words or its parties.

    The document itself inherits from ``aftersales.protected.mixin``: this one does not, so that
    either may stand first in its ``_inherit``.
    """

    _name = 'aftersales.legal.hold.mixin'
    _description = "Document with Legal Hold"

    legal_hold_reason = fields.Char(
        string="Legal Hold", readonly=True, copy=False, groups='base.group_user',
        protected=True,
        help="Why the personal data of the document must be kept, such as a dispute.")
    legal_hold_user_id = fields.Many2one(
        'res.users', string="Held by", readonly=True, copy=False, groups='base.group_user',
        protected=True)
    date_legal_hold = fields.Datetime(
        string="Held since", readonly=True, copy=False, groups='base.group_user',
        protected=True)

    @api.model
    def _valid_field_parameter(self, field, name):
        return name == 'protected' or super()._valid_field_parameter(field, name)

    def _register_hook(self):
        """Refuse documents whose hold anybody could write, when the registry is loaded."""
        super()._register_hook()
        if not self._abstract and not isinstance(self, self.pool['aftersales.protected.mixin']):
            raise ValueError(
                f"The legal hold of {self._name} is not protected: "
                "add aftersales.protected.mixin to its _inherit.")

    def write(self, vals):
        # what is lost is judged for all; who may write is asked by the write itself
        self.sudo().filtered(lambda record: loses_proof(record, vals))._ensure_not_held()
        if not self.env.su:
            self._ensure_words_stay(vals)
        return super().write(vals)

    # === ACTIONS === #

    def action_legal_hold(self):
        """Ask for the reason, then keep the data of these documents or release them."""
        self._ensure_may_hold()
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Legal Hold"),
            'res_model': 'aftersales.legal.hold', 'view_mode': 'form', 'target': 'new',
            'context': {'default_res_model': self._name, 'default_res_ids': self.ids,
                        'default_is_release': all(
                            record.legal_hold_reason for record in self)}}

    # === RULES === #

    def _ensure_may_hold(self):
        """Leave holds to team leads; they are the proof that nothing was lost."""
        self._check_hold_access()
        if not self.env.su and not self.env.user.has_group(TEAM_LEAD):
            raise AccessError(self.env._(
                "Team leads decide on legal holds: ask one to hold or release %(records)s.",
                records=self.mapped('display_name')))

    def _check_hold_access(self):
        """Refuse to hold or release documents that the user may not change.

        Hook: called as the user, for one or many documents, before the role is checked. A document
        that no user may write asks for what its readers need instead.

        :raise AccessError: the user may not change the documents
        """
        self.check_access('write')

    def _hold_data(self, reason):
        """Keep the personal data of these documents until they are released."""
        self._ensure_may_hold()
        reason = self._read_hold_reason(reason)
        # _ensure_may_hold checked the right; the stamps are protected
        self.sudo().write({
            'legal_hold_reason': reason, 'legal_hold_user_id': self.env.uid,
            'date_legal_hold': fields.Datetime.now()})
        self._note_hold(self.env._("Legal hold: %(reason)s", reason=reason))

    def _release_data(self, reason):
        """Let the personal data of these documents be erased again."""
        self._ensure_may_hold()
        reason = self._read_hold_reason(reason)
        free = self.filtered(lambda record: not record.legal_hold_reason)
        if free:
            raise UserError(self.env._(
                "There is no legal hold to release on %(records)s: leave these documents out.",
                records=free.mapped('display_name')))
        # as above
        self.sudo().write({
            'legal_hold_reason': False, 'legal_hold_user_id': False, 'date_legal_hold': False})
        self._note_hold(self.env._("Legal hold released: %(reason)s", reason=reason))

    def _read_hold_reason(self, reason):
        reason = (reason or '').strip()
        if not reason:
            raise UserError(self.env._("Write the reason of the legal hold or its release."))
        return reason

    def _note_hold(self, words):
        # the step was allowed; documents without a chatter keep the stamps alone
        if hasattr(self, '_message_log_batch'):
            self.sudo()._message_log_batch(bodies=dict.fromkeys(self.ids, words))

    def _get_free_domain(self):
        """Return the domain of the documents that no legal hold keeps.

        Hook: called on the model or on documents, as superuser or administrator, before personal
        data is searched and erased; a module that holds documents for a reason of its own narrows
        the domain of ``super()``. Raises nothing.
        """
        return Domain('legal_hold_reason', '=', False)

    # === DELETION === #

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        self._ensure_not_held()

    def _get_hold_documents(self):
        """Return the documents whose legal hold keeps these records: they themselves."""
        return self

    def _ensure_not_held(self):
        """Refuse to take anything off documents under legal hold, superuser too.

        Asked before a document, one of its files or one of its messages is deleted.
        """
        # who may delete something need not read what it belongs to
        documents = self.sudo()
        held = documents - documents.filtered_domain(self._get_free_domain())
        if held:
            raise UserError(self.env._(
                "Nothing of %(records)s can be deleted: a legal hold keeps it. Ask a team lead "
                "to release the hold first.", records=held.mapped('display_name')))

    # === WORDS AND PARTIES === #

    def _get_held_fields(self):
        """Return the names of the fields of words and parties that a legal hold keeps.

        Hook: called on the model, as the user, before documents are written. Modules add the names
        of what a dispute is about by ``(*super()…, 'name')``; notes of the work that goes on are
        left out. Raises nothing.
        """
        return tuple(name for name in HELD_FIELDS if name in self._fields)

    def _ensure_words_stay(self, vals):
        """Refuse users other words and parties of documents under legal hold; gaps are filled."""
        names = vals.keys() & set(self._get_held_fields())
        if not names:
            return
        # every colleague may know that it is held: the form says so
        documents = self.sudo()
        held = (documents - documents.filtered_domain(self._get_free_domain())).filtered(
            lambda document: any(document[name] for name in names))
        if held:
            self.check_access('write')  # before a sentence that names documents
            raise UserError(self.env._(
                "A legal hold keeps customer, words and findings of %(records)s: ask a team lead "
                "to release the hold first.", records=held.mapped('display_name')))

    # === PICTURES === #

    @api.model
    def _get_photo_domain(self, moment):
        """Return the domain of the documents with pictures; each room adds those it keeps.

        Hook: called on the model, as superuser or administrator, before documents with pictures are
        searched; extend it by ``super() | …``, and ``_get_erased_photos`` alike. Raises nothing.
        """
        return Domain.FALSE

    def _get_erased_photos(self):
        """Return the attachments that go as pictures; each room adds those it keeps.

        Hook: called as superuser, for a batch of finished documents that are not held, before the
        pictures are deleted. Extend it by ``super() | …``. Raises nothing.
        """
        return self.env['ir.attachment']

    # === TEXTS === #

    def _get_personal_text_fields(self):
        """Return the free texts of this model that may name people.

        Hook: called on the model, as superuser, for the kind ``text`` of erasures. Only stored,
        optional fields of the model itself. Raises nothing.
        """
        return ()

    def _get_text_domain(self, moment):
        return Domain.OR(
            Domain(name, 'not in', (False, '')) for name in self._get_personal_text_fields())

    def _erase_texts(self, moment):
        """Empty the free texts; return how many there were."""
        names = self._get_personal_text_fields()
        count = sum(bool(record[name]) for record in self for name in names)
        if count:
            self.write(dict.fromkeys(names, False))
        return count
