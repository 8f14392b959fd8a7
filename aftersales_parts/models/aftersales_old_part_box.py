from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import clean_context

from odoo.addons.aftersales_service.tools.words import plain

from .aftersales_old_part import OPEN

MOST_SCANS = 1000


class AftersalesOldPartBox(models.Model):
    """A box of old parts on its way from an outlet or technician to the bench.

    An outlet packs one each month; its list is the delivery note. At the bench the tags are
    scanned and judged; closing the box says what is missing and lets the settlement go on.
    """

    _name = 'aftersales.old.part.box'
    _description = "Box of Old Parts"
    _inherit = [
        'aftersales.state.mixin', 'mail.thread', 'mail.activity.mixin',
        'aftersales.number.mixin', 'aftersales.revocation.mixin']
    _order = 'id desc'
    _is_visited_by_customers = True
    _check_company_auto = True

    _TRANSITIONS = {
        'sent': {'open'},
        'receiving': {'open', 'sent'},
        'closed': {'receiving'},
    }
    _STAMPS = {'sent': 'date_sent', 'receiving': 'date_received', 'closed': 'date_closed'}

    name = fields.Char(string="Number", readonly=True, copy=False, index='trigram', protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company,
        protected='after')
    state = fields.Selection(
        [('open', "Being Packed"), ('sent', "On Its Way"), ('receiving', "At the Bench"),
         ('closed', "Closed")], default='open', required=True, readonly=True, index=True,
        copy=False, tracking=True, protected=True)
    outlet_id = fields.Many2one(
        'aftersales.outlet', index='btree_not_null', check_company=True, protected='after')
    technician_id = fields.Many2one(
        'res.users', index='btree_not_null', protected='after',
        help="Who sends it, where no outlet does.")
    month = fields.Date(required=True, protected='after', help="The first day of its month.")
    carrier = fields.Char()
    tracking_number = fields.Char(string="Waybill Number")
    part_ids = fields.One2many(
        'aftersales.old.part', 'box_id', string="Old Parts", protected=True)
    part_count = fields.Integer(string="Tags", compute='_compute_counts')
    scanned_count = fields.Integer(string="Scanned", compute='_compute_counts')
    date_sent = fields.Datetime(string="Sent on", readonly=True, copy=False, protected=True)
    date_received = fields.Datetime(
        string="Received on", readonly=True, copy=False, protected=True)
    date_closed = fields.Datetime(string="Closed on", readonly=True, copy=False, protected=True)

    @api.depends('part_ids.state', 'part_ids.verdict')
    def _compute_counts(self):
        for box in self:
            box.part_count = len(box.part_ids)
            box.scanned_count = len(box.part_ids.filtered(
                lambda part: part.state not in OPEN and part.verdict != 'missing'))

    @api.model
    def _get_reader_fields(self):
        return super()._get_reader_fields() | {'outlet_id', 'technician_id'}

    # === PACKING === #

    @api.model
    def _pack(self, parts):
        """Put old parts into the box of this month of those who hold them; return the boxes.

        :raise AccessError: the user may not write the old parts
        :raise UserError: some are packed or judged already
        """
        parts.check_access('write')
        boxes = self.browse()
        for (company, outlet, technician), group in parts.grouped(
                lambda part: (part.company_id, part.outlet_id,
                              self.env['res.users'] if part.outlet_id else part.technician_id)
        ).items():
            month = company._get_aftersales_day(fields.Datetime.now()).replace(day=1)
            key = {'company_id': company.id, 'outlet_id': outlet.id,
                   'technician_id': technician.id, 'month': month}
            # the right to the old parts was checked; their box follows from them
            boxes_sudo = self.sudo().with_context(clean_context(self.env.context))
            box = boxes_sudo.search(
                [(name, '=', value) for name, value in key.items()] + [('state', '=', 'open')],
                limit=1) or boxes_sudo.create(key)
            group._set_state('boxed', box_id=box.id)
            boxes |= box.sudo(False)
        return boxes

    def action_send(self):
        """Note that these boxes left."""
        self._set_state('sent')

    def _ensure_sent(self):
        self._refuse_where(
            lambda box: not box.part_ids, self.env._("Pack old parts into these boxes first"))

    # === AT THE BENCH === #

    def action_open_bench(self):
        """Open the bench on this box."""
        self.ensure_one()
        return {'type': 'ir.actions.client', 'tag': 'aftersales_old_part_bench',
                'name': self.env._("Old-part Bench"), 'context': {'active_id': self.id},
                'params': {'box_id': self.id}}

    def get_bench_data(self):
        """Return what the bench shows of this box: its parts in the order they came."""
        self.ensure_one()
        self.check_access('read')
        parts = self.part_ids.sorted(lambda part: (
            part.date_received is False, part.date_received or part.create_date, part.id))
        labels = dict(parts._fields['verdict']._description_selection(self.env))
        return {
            'id': self.id, 'name': self.name, 'state': self.state,
            'sender': self.outlet_id.name or self.technician_id.name or '',
            'total': len(parts), 'verdicts': list(labels.items()),
            'parts': [part._prepare_bench_data() for part in parts]}

    def action_scan(self, codes):
        """Receive the old parts of these tags; return the bench's data with what was refused.

        All tags at once cost as many queries as one. A tag that is refused leaves the others.
        Tags of the sender that were not packed into this box are received; a notice names them.

        :param codes: what the scanner read, one text a tag
        """
        self.ensure_one()
        self._begin_receiving()
        if not isinstance(codes, list) or len(codes) > MOST_SCANS:
            raise UserError(self.env._(
                "Scan at most %(most)s tags at once.", most=MOST_SCANS))
        codes = [text for code in codes if (text := plain(str(code)).strip())]
        # a scanner with Caps Lock or in Chinese input writes the same tag in another way
        tags = {part.name.upper(): part for part in self.env['aftersales.old.part'].search(
            [('name', 'in', [*codes, *(code.upper() for code in codes)]),
             ('company_id', '=', self.company_id.id)])}
        refusals, taken = [], []
        for code in codes:
            reason = self._find_objection(code, tags.get(code.upper()), taken)
            if reason:
                refusals.append({'code': code, 'reason': reason})
            else:
                taken.append(tags[code.upper()].id)
        parts = self.env['aftersales.old.part'].browse(taken)
        strays = parts.filtered(lambda part: part.box_id != self)
        if parts:
            parts._set_state('received', box_id=self.id)
            strays._choose_checked()
        return self.get_bench_data() | {
            'refusals': refusals, 'scanned': taken,
            'notice': self.env._(
                "Not on the packing list, received all the same: %(tags)s.",
                tags=", ".join(strays.mapped('name'))) if strays else ''}

    def _find_objection(self, code, part, taken):
        """Return why a tag is not received in this box; empty if it is."""
        if not part:
            return self.env._(
                "%(code)s is no tag of this company: look for the right label.", code=code)
        if part.id in taken or part.state in ('received', 'judged', 'disposed'):
            return self.env._(
                "The tag %(code)s was scanned already: one part closes one tag.", code=code)
        if part.state == 'cancelled':
            return self.env._("The tag %(code)s was waived: nothing waits for it.", code=code)
        is_theirs = (part.outlet_id == self.outlet_id if self.outlet_id
                     else part.technician_id == self.technician_id and not part.outlet_id)
        if not is_theirs:
            return self.env._(
                "The tag %(code)s belongs to %(holder)s: put it aside for their box.",
                code=code, holder=part.outlet_id.name or part.technician_id.name or "")
        return ''

    def _begin_receiving(self):
        """Begin to receive the box with the first tag, and choose what is checked."""
        if self.state != 'receiving':
            self._set_state('receiving')

    def _on_receiving(self):
        self.part_ids._choose_checked()

    def action_close(self):
        """Close the box: judge all and release the settlement; return the bench's data."""
        self.ensure_one()
        self.check_access('write')
        scanned = self.part_ids.filtered(lambda part: part.state == 'received')
        scanned._refuse_where(
            lambda part: part.is_check_required and not part.verdict,
            self.env._("These tags are to be checked; give a verdict on them first"))
        missing = self.part_ids.filtered(lambda part: part.state in OPEN)
        missing.filtered(lambda part: part.verdict != 'missing').action_judge('missing')
        scanned.filtered(lambda part: not part.verdict).action_judge('accepted')
        (scanned | missing)._finish()
        self._set_state('closed')
        return self.get_bench_data()

    def action_print_differences(self):
        """Print what of these boxes was not simply accepted."""
        return self.env.ref(
            'aftersales_parts.action_report_old_part_differences').report_action(self)

    def _get_differences(self):
        """Return the old parts of this box that were not simply accepted."""
        return self.part_ids.filtered(lambda part: part.verdict not in (False, 'accepted'))
