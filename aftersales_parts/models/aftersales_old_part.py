from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import clean_context, format_date

from ..tools.part_repair import choose_checked

STATES = [
    ('due', "To Return"), ('boxed', "In a Box"), ('received', "At the Bench"),
    ('judged', "Judged"), ('disposed', "Disposed of"), ('cancelled', "Waived")]
VERDICTS = [
    ('accepted', "Accepted"), ('unconfirmed', "Fault Not Reproduced"), ('wrong', "Wrong Part"),
    ('customer', "Customer-caused"), ('missing', "Missing from Box")]
OPEN = ('due', 'boxed')
# what the outlet bears: its claim is refused, or it is charged the part
FAULTY = frozenset({'wrong', 'customer', 'missing'})
CHARGE_KIND = 'old_part'
MOST_TAGS = 50  # of one line: more pieces go under one tag


class AftersalesOldPart(models.Model):
    """An old part that must come back: a part was swapped for it and the customer paid nothing.

    It is made when the new part is consumed, travels in a box, and is judged at the bench; until
    then the outlet's settlement waits. What becomes of the part is in the second half of this
    model (``aftersales_old_part_disposal``). Old parts of a paid repair belong to the customer.
    """

    _name = 'aftersales.old.part'
    _description = "Old Part"
    _inherit = [
        'aftersales.state.mixin', 'aftersales.photo.mixin', 'aftersales.number.mixin',
        'aftersales.outlet.charge.mixin']
    _order = 'date_due, id'
    _check_company_auto = True

    _TRANSITIONS = {
        'boxed': {'due'},
        'due': {'boxed'},
        'received': {'due', 'boxed'},
        'judged': {'due', 'boxed', 'received'},
        'disposed': {'judged'},
        'cancelled': {'due', 'boxed'},
    }
    _STAMPS = {'boxed': 'date_boxed', 'received': 'date_received', 'judged': 'date_judged'}

    name = fields.Char(string="Tag", readonly=True, copy=False, index=True, protected=True)
    company_id = fields.Many2one('res.company', required=True, index=True, protected='after')
    currency_id = fields.Many2one(related='company_id.currency_id')
    state = fields.Selection(
        STATES, default='due', required=True, readonly=True, index=True, copy=False,
        protected=True)

    # Where it comes from
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", required=True, index=True,
        ondelete='restrict', check_company=True, protected='after', link_access='read')
    move_id = fields.Many2one(
        'stock.move', string="Used Part", index='btree_not_null', protected='after')
    product_id = fields.Many2one(
        'product.product', string="Part", required=True, index=True, check_company=True,
        protected='after')
    quantity = fields.Float(default=1.0, digits='Product Unit', protected='after')
    uom_id = fields.Many2one(related='product_id.uom_id')
    serial_expected = fields.Char(
        string="Serial Number Taken Off", protected='after',
        help="As the technician noted it when the part was taken off.")
    is_free = fields.Boolean(
        string="Swapped Free", default=True, protected='after',
        help="Not ticked: the customer paid and left the old part to us.")
    outlet_id = fields.Many2one(
        'aftersales.outlet', index='btree_not_null', check_company=True, protected='after')
    technician_id = fields.Many2one('res.users', index='btree_not_null', protected='after')
    unit_value = fields.Monetary(
        string="Value", protected='after', help="The cost of a new part when it was swapped.")
    is_hazardous = fields.Boolean(related='product_id.is_hazardous_waste')

    # Its way back
    date_swapped = fields.Date(string="Swapped on", required=True, protected='after')
    date_due = fields.Date(string="Return by", index=True, protected='after')
    date_warned = fields.Date(readonly=True, copy=False, protected=True)
    box_id = fields.Many2one(
        'aftersales.old.part.box', index='btree_not_null', readonly=True, copy=False,
        check_company=True, protected=True)
    date_boxed = fields.Datetime(string="Packed on", readonly=True, copy=False, protected=True)
    date_received = fields.Datetime(
        string="Received on", readonly=True, copy=False, protected=True)

    # The verdict
    is_check_required = fields.Boolean(
        string="To Check", readonly=True, copy=False, protected=True,
        help="Parts of high value are all checked, of the others a sample.")
    serial = fields.Char(string="Serial Number Received", copy=False)
    verdict = fields.Selection(VERDICTS, readonly=True, copy=False, protected=True)
    note = fields.Char(string="What Was Found", copy=False)
    consequence = fields.Selection(
        [('charge', "Charge the Part"), ('refuse', "Refuse the Claim")], default='charge',
        required=True, copy=False,
        help="What follows where the part is wrong, missing or broken by the customer: the outlet "
             "is charged its price, or its claim for this repair is refused.")
    is_claim_refused = fields.Boolean(
        string="Claim Refused", readonly=True, copy=False, protected=True)
    is_settlement_held = fields.Boolean(
        string="Settlement Held", readonly=True, copy=False, protected=True, default=True,
        help="The settlement with the outlet does not pay for this repair yet.")
    judge_id = fields.Many2one(
        'res.users', string="Judged by", readonly=True, copy=False, protected=True)
    date_judged = fields.Datetime(string="Judged on", readonly=True, copy=False, protected=True)

    _name_company_uniq = models.Constraint(
        'UNIQUE(name, company_id)', "The number of a tag is unique.")
    _quantity_positive = models.Constraint('CHECK(quantity > 0)', "The quantity is above zero.")
    _open_idx = models.Index("(outlet_id, date_due) WHERE state IN ('due', 'boxed')")

    # === MADE AT CONSUMPTION === #

    @api.model
    def _create_for_moves(self, moves):
        """Note what must come back for parts that were just used; return it.

        Called by done moves of service orders, as superuser. Free swaps bring back their parts;
        parts of a paid repair are the customer's, unless the order says that they are left to us.
        Parts below the company's value are exempt, hazardous ones never.
        """
        vals_list = []
        for move in moves:
            order, company = move.aftersales_order_id, move.company_id
            value = move.product_id.with_company(company).standard_price
            is_left = move.is_aftersales_covered or order.old_parts_choice == 'company'
            is_exempt = value < company.aftersales_old_part_min_value and not (
                move.product_id.is_hazardous_waste)
            if is_left and not is_exempt:
                vals_list += self._prepare_vals_list(move, value)
        return self.with_context(clean_context(self.env.context)).create(vals_list)

    @api.model
    def _draw_from(self, sequence, count):
        """Let each tag begin with a letter: at the bench the keys 1 to 5 are verdicts."""
        return [f'T{tag}' if tag and not tag[0].isalpha() else tag
                for tag in super()._draw_from(sequence, count)]

    @api.model
    def _prepare_vals_list(self, move, value):
        """Return the values of one tag for each piece; what has no pieces gets one tag."""
        order, company = move.aftersales_order_id, move.company_id
        quantity = move.product_uom._compute_quantity(move.quantity, move.product_id.uom_id)
        day = company._get_aftersales_day(fields.Datetime.now())
        serials = order.part_ids.filtered(
            lambda part: part.repair_line_type == 'remove' and part.product_id == move.product_id
        ).move_line_ids.mapped(lambda line: line.lot_id.name or line.lot_name)
        is_pieces = quantity == int(quantity) and quantity <= MOST_TAGS
        days = company.aftersales_old_part_days
        vals = {
            'company_id': company.id, 'order_id': order.id, 'move_id': move.id,
            'product_id': move.product_id.id, 'is_free': move.is_aftersales_covered,
            'is_settlement_held': move.is_aftersales_covered,
            'outlet_id': order.outlet_id.id, 'technician_id': order.technician_id.id,
            'unit_value': value, 'date_swapped': day,
            'date_due': days and day + timedelta(days=days)}
        count = int(quantity) if is_pieces else 1
        serials = [serial for serial in serials if serial][:count]
        return [
            {**vals, 'quantity': 1.0 if is_pieces else quantity,
             'serial_expected': serial}
            for serial in [*serials, *[False] * (count - len(serials))]]

    # === STEPS === #

    def action_pack(self):
        """Put these old parts into the open box of their outlet, or of their technician."""
        return self.env['aftersales.old.part.box']._pack(self)._get_records_action()

    def action_unpack(self):
        """Take these old parts out of a box that is not sent yet."""
        self._refuse_where(
            lambda part: part.box_id.state != 'open',
            self.env._("The box of these old parts is on its way already"))
        self._set_state('due', box_id=False)

    def action_waive(self):
        """Ask for these old parts no more; the settlement goes on."""
        self._set_state('cancelled', is_settlement_held=False, box_id=False)

    def action_judge(self, verdict):
        """Note the verdict on these old parts; it counts when their box is closed.

        :param verdict: a value of ``verdict``
        """
        if not isinstance(verdict, str) or verdict not in dict(VERDICTS):
            raise UserError(self.env._("Choose one of the five verdicts."))
        self.check_access('write')
        reachable = OPEN if verdict == 'missing' else ('received',)
        self._refuse_where(
            lambda part: part.state not in reachable,
            self.env._("Only missing parts are judged before they are scanned")
            if verdict != 'missing' else
            self.env._("These old parts were scanned, so they are not missing"))
        # the right to write was checked; the verdict is protected
        self.sudo().write({'verdict': verdict, 'judge_id': self.env.uid})

    def action_note_serial(self, serial):
        """Note the serial number on the part that came; one of another part is refused."""
        self.ensure_one()
        self.check_access('write')
        self._refuse_where(
            lambda part: part.state != 'received', self.env._("Scan the tag of this part first"))
        serial = (serial or '').strip()
        self._ensure_own_serial(serial)
        self.serial = serial

    def action_add_photo(self, filename, content):
        """Attach a photo that was taken at the bench; ``content`` is base64."""
        self.ensure_one()
        self.check_access('write')
        self._add_photo_of(filename, content)

    def action_finish(self):
        """Make the verdicts on these old parts count, without a box."""
        self._finish()

    # === RULES === #

    def _ensure_own_serial(self, serial):
        """Refuse the serial number of another part, or one that came with another tag.

        :raise UserError: naming the other part or tag
        """
        lots = self.env['stock.lot'].search([
            ('name', '=', serial), ('company_id', 'in', (self.company_id.id, False))])
        if lots and self.product_id not in lots.product_id:
            raise UserError(self.env._(
                "%(serial)s is the serial number of %(other)s, not of %(part)s: judge the tag "
                "%(tag)s as a wrong part.", serial=serial, tag=self.name,
                other=lots.product_id[0].display_name, part=self.product_id.display_name))
        twin = self.search([
            ('serial', '=', serial), ('product_id', '=', self.product_id.id),
            ('move_id', '!=', False), ('id', '!=', self.id),
            ('state', 'in', ('received', 'judged'))], limit=1)
        if twin:
            raise UserError(self.env._(
                "%(serial)s came with the tag %(other)s already: one part closes one tag.",
                serial=serial, other=twin.name))
        if self.serial_expected and serial != self.serial_expected:
            raise UserError(self.env._(
                "The technician took off %(expected)s, not %(serial)s: look at the label again, "
                "or judge the tag %(tag)s as a wrong part.", expected=self.serial_expected,
                serial=serial, tag=self.name))

    def _finish(self):
        """Judge these old parts for good: release the settlement, charge what is not accepted."""
        self._refuse_where(
            lambda part: not part.verdict, self.env._("Give a verdict on these old parts first"))
        self._set_state('judged')

    def _ensure_judged(self):
        self._refuse_where(
            lambda part: part.state in OPEN and part.verdict != 'missing',
            self.env._("Scan the tags of these old parts first"))

    def _on_judged(self):
        """Let the settlement go on; charge outlets, or refuse their claims.

        Hook: called by the state mixin, as superuser, for a batch, after the verdicts count. What
        it raises undoes the step.
        """
        faulty = self.filtered(lambda part: part.verdict in FAULTY and part.is_free)
        refused = faulty.filtered(lambda part: part.consequence == 'refuse' and part.outlet_id)
        refused.write({'is_claim_refused': True})
        (self - refused).write({'is_settlement_held': False})
        (faulty - refused)._charge_outlets(CHARGE_KIND)

    def _prepare_outlet_charge_vals(self, kind):
        vals = super()._prepare_outlet_charge_vals(kind)
        if kind != CHARGE_KIND:
            return vals
        return vals | {
            'outlet_id': self.outlet_id.id, 'amount': self._get_charge_amount(),
            'reason': self.env._(
                "Old part %(tag)s (%(part)s, order %(order)s): %(verdict)s", tag=self.name,
                part=self.product_id.display_name, order=self.order_id.name,
                verdict=dict(self._fields['verdict']._description_selection(self.env))[
                    self.verdict])}

    def _get_charge_amount(self):
        """Return what the outlet is charged for this part: its price for the outlet.

        Own centres and technicians are charged nothing. Hook: called as superuser, for one part,
        before its outlet is charged. Raises nothing.
        """
        self.ensure_one()
        if not self.outlet_id or self.outlet_id.kind == 'own':
            return 0.0
        pricelist = self.outlet_id.partner_id.with_company(
            self.company_id).property_product_pricelist
        price = pricelist._get_product_price(
            self.product_id, self.quantity, currency=self.currency_id) if pricelist else (
                self.product_id.with_company(self.company_id).lst_price)
        return price * self.quantity

    def _choose_checked(self):
        """Mark those of these old parts that are checked: all of high value, else a sample."""
        for company, parts in self.grouped('company_id').items():
            chosen = choose_checked(
                {part.id: part.unit_value * part.quantity for part in parts},
                company.aftersales_old_part_high_value,
                company.aftersales_old_part_sample_percent)
            # the right to receive their box was checked
            parts.sudo().filtered(lambda part, chosen=chosen: part.id in chosen).write(
                {'is_check_required': True})

    def _get_locked_fields(self):
        if self.state in ('judged', 'disposed'):
            return super()._get_locked_fields() | {
                'serial', 'note', 'photo_ids', 'consequence'}
        return super()._get_locked_fields()

    def _get_locked_message(self):
        return self.env._("These old parts are judged and stay as they are")

    # === DEADLINES === #

    def _get_days_left(self):
        """Return in how many days this part must be back; negative where it is late."""
        self.ensure_one()
        today = self.company_id._get_aftersales_day(fields.Datetime.now())
        return (self.date_due - today).days if self.date_due else None

    def _is_due_soon(self):
        """Return whether this part must be back within the days of the reminder, or is late."""
        self.ensure_one()
        left = self._get_days_left()
        # when reminders begin is no secret to those who hold the part
        return left is not None and (
            left < self.company_id.sudo().aftersales_old_part_warning_days)

    @api.model
    def _cron_warn(self, batch_size=500):
        """Remind those who hold old parts in good time before they must be back."""
        cron = self.env['ir.cron']
        for [company] in self._read_group(
                [('state', '=', 'due'), ('date_warned', '=', False)], ['company_id']):
            today = company._get_aftersales_day(fields.Datetime.now())
            until = today + timedelta(days=company.aftersales_old_part_warning_days)
            domain = [('company_id', '=', company.id), ('state', '=', 'due'),
                      ('date_warned', '=', False), ('date_due', '<=', until)]
            while parts := self.search(domain, limit=batch_size).try_lock_for_update():
                parts._warn()
                if not cron._commit_progress(len(parts)):
                    return

    def _warn(self):
        """Send each outlet's people, or the technician, one message about these old parts."""
        for (outlet, technician), parts in self.grouped(
                lambda part: (part.outlet_id, part.technician_id if not part.outlet_id
                              else self.env['res.users'])).items():
            people = (outlet.manager_id or outlet.member_ids) if outlet else technician
            for user in people:
                place = parts.with_context(lang=user.lang)
                (outlet or user.partner_id).message_notify(
                    partner_ids=user.partner_id.ids,
                    subject=place.env._("Old parts to return"),
                    body=place.env._(
                        "%(count)s old parts must be back by %(day)s, the first of them.",
                        count=len(parts), day=format_date(
                            place.env, min(parts.mapped('date_due')), lang_code=user.lang)))
        self.write({'date_warned': self.company_id._get_aftersales_day(fields.Datetime.now())})
