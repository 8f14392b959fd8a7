from odoo import api, models
from odoo.exceptions import UserError

from ...tools.qr import code128_svg, qr_png


class AftersalesReturn(models.Model):
    """How returns are opened, printed and asked for by customers."""

    _inherit = 'aftersales.return'

    @api.model
    def _get_returns_action(self, domain):
        """Return the action behind a smart button: the list, or the only return itself."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_return_action')
        action.update(domain=domain, context={})
        found = self.search(domain, limit=2)
        if len(found) == 1:
            action.update(views=[(False, 'form')], res_id=found.id)
        return action

    @api.model
    def _get_start_action(self, records):
        """Return the wizard that chooses which goods of records are returned."""
        records.ensure_one()
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Return of Goods"),
            'res_model': 'aftersales.return.start', 'view_mode': 'form', 'target': 'new',
            'context': {'active_model': records._name, 'active_id': records.id,
                        'active_ids': records.ids},
        }

    # === PAPER === #

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._(
            "Return %(name)s", name=(self.rma or self.name or '').replace('/', '-'))

    def _get_qr_image(self):
        """Return the code on the label: the return's page, which opens for its readers."""
        self.ensure_one()
        return qr_png(f'{self.get_base_url()}{self.access_url}')

    def _get_barcode(self):
        return f"data:image/svg+xml;base64,{code128_svg(self.rma).decode()}"

    def _ensure_label_valid(self):
        """Refuse a label that no parcel may carry: of a return that is not authorised."""
        self._refuse_where(
            lambda record: not record.rma or record.state in ('request', 'refused', 'cancelled'),
            self.env._("Authorise these returns before you print their labels"))

    def _get_return_address(self):
        """Return where the customer sends the parcel: the warehouse, else the company."""
        self.ensure_one()
        # the address is on every parcel
        company = self.company_id.sudo()
        return company._get_aftersales_warehouse().partner_id or company.partner_id

    # === PORTAL === #

    def _mail_get_partner_fields(self, introspect_fields=False):
        return ['partner_id']

    def _in_customer_language(self):
        """Return this return as its customer reads it: for papers and messages."""
        self.ensure_one()
        return self.with_context(lang=self.partner_id.lang or self.env.lang)

    def _notify_of_decision(self):
        """Write to the customer what was decided about the return, as its page shows it."""
        for record in self.filtered(lambda record: record.kind != 'vendor'):
            record = record._in_customer_language()
            if record.state == 'refused':
                body = record.env._(
                    "We cannot take the goods back: %(reason)s", reason=record.close_reason)
            else:
                body = record.env._(
                    "Your return is authorised. Please write %(rma)s on the parcel; the "
                    "label is on this page.", rma=record.rma)
            record.message_post(
                body=body, message_type='comment', subtype_xmlid='mail.mt_comment',
                partner_ids=record.partner_id.ids)

    @api.model
    def _get_portal_reasons(self):
        """Return the reasons that a customer may choose."""
        # what is offered on the form is no secret
        return self.env['aftersales.return.reason'].sudo().search([
            ('is_portal', '=', True), ('company_id', 'in', (False, self.env.company.id))])

    @api.model
    def _get_portal_request_domain(self):
        """Return the domain of what customers asked for on the portal."""
        return [('is_portal', '=', True)]

    @api.model
    def _create_from_portal(self, card, partner, values, files=()):
        """Register what the owner of a card asks for; only the form's fields are taken.

        The caller checked that the card is the visitor's own.
        """
        description = (values.get('description') or '').strip()
        if not description:
            raise UserError(self.env._("Tell us in a few words why you return it."))
        answer = str(values.get('reason_id') or '')
        reason = self._get_portal_reasons().filtered(lambda reason: str(reason.id) == answer)
        if not reason:
            raise UserError(self.env._("Choose a reason."))
        self.env['aftersales.order']._ensure_photos(files)
        card = card.sudo()
        card.company_id._ensure_portal_limit(self, self._get_portal_request_domain(), partner)
        record = self.sudo().with_company(card.company_id).create({
            'kind': 'exchange' if values.get('kind') == 'exchange' else 'return',
            'company_id': card.company_id.id, 'partner_id': partner.id, 'user_id': False,
            'reason_id': reason.id, 'description': description, 'is_portal': True,
            'sale_order_id': card.sale_order_id.id,
            'line_ids': [(0, 0, {'warranty_id': card.id, 'is_used': True})]})
        for name, content in files:
            record._add_photo(name, content)
        return record
