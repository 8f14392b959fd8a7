import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesSignedMixin(models.AbstractModel):
    """A document that a customer signs: the sheet is frozen as it was when they signed.

    The sheet is printed once, at the end of the transaction that brought the signature, and
    kept with the hash of its bytes. Later changes of the document leave both as they are; a
    new signature replaces them, and an erased one takes the sheet along.
    """

    _name = 'aftersales.signed.mixin'
    _description = "Document Frozen When Signed"
    _inherit = 'aftersales.protected.mixin'

    signed_sheet = fields.Binary(attachment=True, copy=False, protected=True)
    signed_sheet_name = fields.Char(string="File of the Signed Sheet", copy=False, protected=True)
    signed_sheet_hash = fields.Char(
        string="SHA-256 of the Signed Sheet", copy=False, protected=True,
        help="The hash of the sheet as it was when the customer signed: a copy that has "
             "another hash was changed.")

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        signed = self._get_signature_name()
        records.browse(
            record.id for record, vals in zip(records, vals_list, strict=True)
            if vals.get(signed))._plan_freezing()
        return records

    def write(self, vals):
        result = super().write(vals)
        signed = self._get_signature_name()
        if vals.get(signed):
            self._plan_freezing()
        elif signed in vals:
            # write checked the right to take the signature away: its sheet goes along
            self.sudo().filtered('signed_sheet').write(
                {'signed_sheet': False, 'signed_sheet_name': False})
        return result

    # === ACTIONS === #

    def action_view_signed_sheet(self):
        """Open the sheet as the customer signed it."""
        self.ensure_one()
        if not self.signed_sheet_name:
            raise UserError(self.env._(
                "The signed sheet was erased with the signature; its hash is kept."))
        return {
            'type': 'ir.actions.act_url', 'target': 'new',
            'url': f'/web/content/{self._name}/{self.id}/signed_sheet/{self.signed_sheet_name}'}

    # === RULES === #

    @api.model
    def _get_signature_name(self):
        """Return the name of the field with the signature under the sheet."""
        return 'signature'

    def _is_sheet_accepted(self):
        """Return whether the sheet is frozen: it is signed, or accepted in another way.

        Hook: called with the rights of superuser for one record, before its sheet is printed. A
        model that knows another way calls ``_plan_freezing`` where it notes it. Raises nothing.
        """
        self.ensure_one()
        return bool(self[self._get_signature_name()])

    def _get_signed_report(self):
        """Return the external id of the report that the customer signs.

        Hook: called with the rights of superuser for one record, before its signature is committed.
        Raises nothing.
        """
        raise NotImplementedError

    def _plan_freezing(self):
        """Freeze the sheets once all that this transaction brings is written."""
        if not self:
            return
        planned = self.env.cr.precommit.data.setdefault(f'aftersales.signed.{self._name}', set())
        planned.update(self.ids)
        # the signature was written by a user who might: the sheet follows from it
        self.env.cr.precommit.add(self.sudo().browse()._freeze_planned)

    def _freeze_planned(self):
        """Print and keep the sheets that were signed in this transaction."""
        ids = self.env.cr.precommit.data.pop(f'aftersales.signed.{self._name}', ())
        for record in self.browse(sorted(ids)).exists():
            if not record._is_sheet_accepted():
                continue
            content, kind = record._print_signed_sheet()
            record.write({
                'signed_sheet': base64.b64encode(content),
                'signed_sheet_name': f"{record._get_signed_base_filename()}.{kind}",
                'signed_sheet_hash': hashlib.sha256(content).hexdigest()})

    def _print_signed_sheet(self):
        """Return the bytes of the sheet and their kind; a page where no printer is installed."""
        lang = self.partner_id.lang or self.env.user.lang
        report = self.env['ir.actions.report'].with_context(lang=lang)
        name = self._get_signed_report()
        content = None
        if self.env.registry.ready:  # while modules are installed no server answers the printer
            try:
                content, kind = report._render_qweb_pdf(name, self.ids)
            except UserError:
                # a signature given on site is not lost because the server cannot print
                content = None
        if content is None:
            content, kind = report._render_qweb_html(name, self.ids)
        return content if isinstance(content, bytes) else content.encode(), kind

    def _get_signed_base_filename(self):
        """Return the name of the frozen sheet's file, without its extension.

        Hook: called with the rights of superuser for one record, while its sheet is frozen.
        Raises nothing.
        """
        self.ensure_one()
        return (self.name or str(self.id)).replace('/', '-')
