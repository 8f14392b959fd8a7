import base64
import csv
import io
import zipfile
from itertools import chain

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.image import ImageProcess

from ..tools.masking import mask, mask_name, quote_cell, split_name, split_street

PACK_REPORT = 'aftersales_complaint.report_evidence_pack'
PHOTO_SIDE = 1600


def _is_photo(file):
    return (file.mimetype or '').startswith('image/')


def _is_text(file):
    return file.mimetype in ('text/plain', 'text/csv')


class AftersalesClaim(models.Model):
    """The evidence pack of a claim: one PDF and one ZIP, with no person in them.

    Photos are written again, so that neither place nor device goes along; names, numbers and
    addresses of customers and staff are masked in all words, those of text files too. Other
    files stay out, as they cannot be masked: the person who makes the pack is warned.
    """

    _inherit = 'aftersales.claim'

    # === ACTIONS === #

    def action_download_pack(self):
        """Make the pack again and download it."""
        self.ensure_one()
        self.check_access('write')
        self._refuse_where(
            lambda claim: not claim._has_evidence(), self.env._("There is no evidence to pack"))
        name = f'{self._get_pack_name()}.zip'
        # the right to the claim was checked: its readers may read its pack
        files = self.env['ir.attachment'].sudo()
        files.search([('res_model', '=', self._name), ('res_id', '=', self.id),
                      ('name', '=', name), ('id', 'not in', self.photo_ids.ids)]).unlink()
        file = files.create({
            'name': name, 'raw': self._build_pack(), 'res_model': self._name, 'res_id': self.id,
            'mimetype': 'application/zip'})
        download = {'type': 'ir.actions.act_url', 'target': 'self',
                    'url': f'/web/content/{file.id}?download=true'}
        left_out = self._get_pack_files().filtered(
            lambda evidence: not _is_photo(evidence) and not _is_text(evidence))
        return download if not left_out else {
            'type': 'ir.actions.client', 'tag': 'display_notification', 'params': {
                'type': 'warning', 'sticky': True, 'next': download,
                'message': self.env._(
                    "These files are not in the pack, as persons named in them cannot be masked: "
                    "%(files)s. Read them and send them yourself.",
                    files=left_out.mapped('name'))}}

    # === THE PACK === #

    def _get_pack_name(self):
        self.ensure_one()
        return f'evidence_{(self.name or str(self.id)).replace("/", "-")}'

    def _build_pack(self):
        """Return the bytes of the ZIP: the PDF, the photos and the lines as a table."""
        self.ensure_one()
        name, buffer = self._get_pack_name(), io.BytesIO()
        report = self.env['ir.actions.report'].sudo()  # the caller checked the claim
        content, extension = report._render(PACK_REPORT, self.ids)
        with zipfile.ZipFile(buffer, 'w', zipfile.ZIP_DEFLATED) as pack:
            pack.writestr(f'{name}.{extension}', content)
            for number, photo in enumerate(self._get_pack_photos(), 1):
                pack.writestr(f'photo_{number:02}.jpg', photo)
            for number, file in enumerate(self._get_pack_files().filtered(_is_text), 1):
                words = file.raw.decode('utf-8', 'replace')
                pack.writestr(f'report_{number:02}.txt', self._mask(words).encode('utf-8-sig'))
            pack.writestr('costs.csv', self._build_pack_costs())
        return buffer.getvalue()

    def _get_pack_photos(self):
        """Return the pictures of claim, complaint and shares, written again without metadata."""
        self.ensure_one()
        pictures = []
        for file in self._get_pack_files().filtered(_is_photo):
            try:
                self.env.company._ensure_pixels(file.raw or b'', file.name)
                image = ImageProcess(file.raw, verify_resolution=False)
                image.operationsCount += 1  # written again whatever its size
                pictures.append(image.resize(PHOTO_SIDE, PHOTO_SIDE).image_quality(
                    quality=85, output_format='JPEG'))
            except (UserError, OSError, ValueError):
                continue  # a file that cannot be read proves nothing
        return pictures

    def _get_pack_files(self):
        """Return the evidence of claim, complaint and shares, as superuser."""
        self.ensure_one()
        claim = self.sudo()  # those who write the claim may send its evidence
        return claim.photo_ids | claim.complaint_id.photo_ids | claim._get_shares().photo_ids

    def _get_shares(self):
        """Return the shares of liability that the claim recovers: those of its own party."""
        self.ensure_one()
        party = self.partner_id.commercial_partner_id
        return self.complaint_id.liability_ids.filtered(
            lambda line: line.party == self.kind
            and line.partner_id.commercial_partner_id == party)

    def _get_pack_photo_urls(self):
        """Return the pictures for the PDF."""
        return ['data:image/jpeg;base64,' + base64.b64encode(photo).decode()
                for photo in self._get_pack_photos()]

    def _build_pack_costs(self):
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        lines = self.line_ids
        names = ('kind', 'name', 'serial', 'quantity', 'amount_asked')
        writer.writerow([lines._fields[name]._description_string(self.env) for name in names])
        kinds = dict(lines._fields['kind']._description_selection(self.env))
        writer.writerows([
            kinds[line.kind], quote_cell(self._mask(line.name)), quote_cell(line.serial or ''),
            line.quantity, line.amount_asked] for line in lines)
        return buffer.getvalue().encode('utf-8-sig')

    # === MASKING === #

    def _mask(self, text):
        """Return words of the case without the persons in them."""
        self.ensure_one()
        return mask(text, self._get_pack_persons(), self._get_pack_places())

    def _mask_name(self, name):
        return mask_name(name)

    def _get_pack_persons(self):
        """Return the names, numbers and addresses that leave the company in no pack.

        Hook: called as the user for one claim, once a text. A module that adds persons to a
        case adds their words. Raises nothing.
        """
        self.ensure_one()
        claim = self.sudo()  # the words are only taken out of other words
        case, orders, customers = claim.complaint_id, *claim._get_pack_sources()
        names = [case.caller_name, case.praised_person, *orders.mapped('caller_name'),
                 *orders.mapped('signed_by')]
        words = [case.phone, case.phone_sanitized, *orders.mapped('phone')]
        for partner in customers:
            names += [partner.name]
            words += [partner.phone, partner.email, *split_street(partner.street),
                      *split_street(partner.street2)]
        users = (case.user_id | case.unit_user_id | case.judge_id | case.approver_id
                 | case.proposer_id | claim.user_id | claim.submitter_id | claim.approver_id
                 | orders.technician_id | orders.user_id)
        names += case.liability_ids.person_ids.employee_id.mapped('name')
        for user in users:
            names += [user.name]
            words += [user.partner_id.phone, user.email]
        return [word for word in (*words, *chain.from_iterable(map(split_name, names))) if word]

    def _get_pack_places(self):
        """Return the cities that are masked with the numbers beside them."""
        self.ensure_one()
        customers = self.sudo()._get_pack_sources()[1]  # as in _get_pack_persons
        return [city for city in customers.mapped('city') if city]

    def _get_pack_sources(self):
        """Return the service orders that the claim is about, and their customers and contacts."""
        self.ensure_one()
        case = self.complaint_id
        orders = case.order_id | self.line_ids.order_id
        customers = case.partner_id | orders.partner_id | orders.site_id
        return orders, customers | customers.child_ids | customers.parent_id
