import base64
import re

from psycopg2.errors import UniqueViolation

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from odoo.addons.base_import.models.base_import import ImportValidationError

from ..models.platform.platform_check import PlatformCheck, PlatformRow
from ..tools.charset import decode
from ..tools.platform_columns import guess_separator, match_columns
from ..tools.sheet import (
    clean_cell,
    has_more_rows,
    is_longer,
    is_words,
    mend_cells,
    write_sheet,
)

CHUNK = 200  # rows that share a savepoint
HEADER_ROWS = 10  # platforms may write a title above the headings


class AftersalesPlatformImport(models.TransientModel):
    """Takes an online platform's export: good rows become orders, bad rows come back.

    A row is known by platform, order number and line, so the same file may come again.
    """

    _name = 'aftersales.platform.import'
    _description = "Import of Platform Orders"
    _inherit = 'aftersales.link.access.mixin'

    company_id = fields.Many2one(
        'res.company', required=True, default=lambda self: self.env.company)
    platform_id = fields.Many2one(
        'aftersales.platform', required=True,
        domain="[('company_id', 'in', [False, company_id])]",
        default=lambda self: self.env['aftersales.platform'].search([], limit=1))
    file = fields.Binary(attachment=False)
    file_name = fields.Char()

    # What became of it
    is_done = fields.Boolean()
    order_ids = fields.Many2many(
        'aftersales.order', string="Service Orders", link_access='read')
    made_count = fields.Integer(string="Orders Made", readonly=True)
    known_count = fields.Integer(string="Known Before", readonly=True)
    refused_count = fields.Integer(string="Refused", readonly=True)
    refused_file = fields.Binary(string="Refused Rows", attachment=False, readonly=True)
    refused_name = fields.Char()

    # === ACTIONS === #

    def action_import(self):
        """Make an order of each good row, and a file of the others with the reasons."""
        self.ensure_one()
        self.env['aftersales.order'].check_access('create')
        dialog = self.with_company(self.company_id)
        header, rows = dialog._read_rows()
        PlatformCheck(dialog.platform_id, dialog.company_id).judge(rows)
        good = [row for row in rows if not row.is_known and not row.reason]
        orders = self.env['aftersales.order'].union(*(
            dialog._create_orders(chunk) for chunk in split_every(CHUNK, good, list)))
        refused = [row for row in rows if row.reason]
        self.write({
            'is_done': True,
            'file': False,
            'order_ids': [fields.Command.set(orders.ids)],
            'made_count': len(orders),
            'known_count': sum(row.is_known for row in rows),
            'refused_count': len(refused),
            **(self._prepare_refused_vals(header, refused) if refused else {}),
        })
        return self._reopen()

    def action_download_template(self):
        """Download a sheet with the headings of the chosen platform."""
        self.ensure_one()
        return self.platform_id.action_download_template()

    def action_view_orders(self):
        """Show the orders that this import made."""
        return self.order_ids._get_records_action(name=self.env._("Imported Orders"))

    def action_again(self):
        """Take another file of the same platform."""
        self.ensure_one()
        again = self.create({
            'platform_id': self.platform_id.id, 'company_id': self.company_id.id})
        return again._reopen()

    # === READING === #

    def _read_rows(self):
        """Return the header of the file and its rows, or say why it cannot be read."""
        cells = [[clean_cell(cell) for cell in line] for line in self._read_lines()]
        place, places = self._find_header(cells)
        header, lines = cells[place], cells[place + 1:]
        if len(lines) > self.platform_id.row_limit:
            raise UserError(self.env._(
                "The file has %(count)s rows; split it into files of at most %(limit)s rows.",
                count=len(lines), limit=self.platform_id.row_limit))
        width = len(header)
        return header, [
            PlatformRow((line + [''] * width)[:width], places) for line in lines if any(line)]

    def _find_header(self, cells):
        """Return where the headings stand in the file, and the place of each column."""
        headings = self.platform_id._get_headings()
        for place, line in enumerate(cells[:HEADER_ROWS]):
            places = match_columns(line, headings)
            if 'number' in places:
                return place, places
        raise UserError(self.env._(
            "The file has no column for the order number. %(platform)s calls it: "
            "%(headings)s.", platform=self.platform_id.name,
            headings=headings.get('number', ["?"])))

    def _read_lines(self):
        """Return the cells of the file by core's own reader, which knows the formats.

        What is longer than the limit is refused before that takes minutes and memory for it.
        """
        content = base64.b64decode(self.file or b'')
        if not content:
            raise UserError(self.env._("Choose the file of the platform first."))
        most = self.platform_id.row_limit + HEADER_ROWS
        options, name = {'quoting': '"', 'separator': '', 'encoding': ''}, self.file_name
        if is_words(content):
            text = re.sub(r'\r\n?', '\n', decode(content).removeprefix('\ufeff'))
            separator = guess_separator(text, self.platform_id._get_headings())
            options |= {'encoding': 'utf-8', 'separator': separator}
            is_long = has_more_rows(text, separator, most)
            content, name = text.encode(), 'orders.csv'
        else:
            is_long = is_longer(content, most)
        if is_long:
            raise UserError(self.env._(
                "The file has more than %(limit)s rows; split it into files of at most "
                "%(limit)s rows.", limit=self.platform_id.row_limit))
        reader = self.env['base_import.import'].create({'file': content, 'file_name': name})
        try:
            found = self._read_file(reader, options)
        except (ImportValidationError, UserError, ValueError) as error:
            raise UserError(self.env._(
                "The file %(name)s cannot be read. Save it as XLSX or CSV and try again.",
                name=self.file_name or "")) from error
        return found[1] if found else []

    def _read_file(self, reader, options):
        """Return what core reads; a wrong cell costs its row, not the file."""
        try:
            return reader._read_file(dict(options))
        except ValueError:
            if not reader.file.startswith(b'PK'):
                raise
            reader.file = mend_cells(reader.file)
            return reader._read_file(options)

    # === MAKING === #

    def _create_orders(self, rows):
        """Return the orders of ``rows``; one bad row does not lose the others.

        What the rules of the order refuse is found by trying the rows one by one.
        """
        try:
            with self.env.cr.savepoint():
                return self._create_chunk(rows)
        except UniqueViolation:  # another user imports the same file right now
            if len(rows) == 1:
                rows[0].is_known = True
        except UserError as error:
            if len(rows) == 1:
                rows[0].reason = str(error)
        orders = self.env['aftersales.order']
        if len(rows) > 1:
            for row in rows:
                orders |= self._create_orders([row])
        return orders

    def _create_chunk(self, rows):
        """Find or make the customers and sites of all rows, then their orders."""
        partner = self.env['res.partner']
        imported = partner._get_or_create_imported(
            [row.customer for row in rows if not row.partner])
        customers = iter(imported)
        partners = [row.partner or next(customers) for row in rows]
        sites = partner._get_or_create_sites(partners, [row.customer for row in rows])
        return self.env['aftersales.order'].create([
            {**row.vals, 'partner_id': customer.id, 'site_id': site.id}
            for row, customer, site in zip(rows, partners, sites, strict=True)])

    # === THE RESULT === #

    def _prepare_refused_vals(self, header, refused):
        """Return the file of refused rows: as they came, with the reason behind."""
        headings = [*map(str, header), self.env._("Reason")]
        content = write_sheet(headings, [[*row.cells, row.reason] for row in refused])
        return {
            'refused_file': base64.b64encode(content),
            'refused_name': self.env._("Refused Rows %(platform)s %(day)s.xlsx",
                                       platform=self.platform_id.name,
                                       day=fields.Date.context_today(self)),
        }

    def _reopen(self):
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_platform_import_action')
        return {**action, 'res_id': self.id}
