from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..tools.part_repair import RepairLimits, find_repair_objections


class AftersalesOldPart(models.Model):
    """What becomes of an old part: repair and restock, back to the supplier, scrap, recycler."""

    _inherit = 'aftersales.old.part'

    disposal = fields.Selection(
        [('repair', "Part Repair"), ('supplier', "Return to the Supplier"), ('scrap', "Scrap"),
         ('recycler', "Licensed Recycler"), ('local', "Destroyed on Site")],
        copy=False, help="Batteries, boards and oil go to a licensed recycler.")
    supplier_id = fields.Many2one(
        'res.partner', string="Recover from", compute='_compute_supplier_id', store=True,
        readonly=False, index='btree_not_null', check_company=True,
        help="The supplier who answers for the part.")

    # The proposal, and who agreed
    repair_cost = fields.Monetary(copy=False, help="With freight, as it is expected.")
    life_percent = fields.Float(
        string="Life after Repair (%)", default=80.0, copy=False,
        help="The time to failure after the repair, of that of a new part.")
    repair_count = fields.Integer(
        string="Repairs before", compute='_compute_repair_count', store=True, readonly=False,
        copy=False, help="How often this piece was repaired in its life.")
    new_price = fields.Monetary(compute='_compute_new_price')
    repair_objection = fields.Char(compute='_compute_repair_objection')
    disposal_state = fields.Selection(
        [('proposed', "Proposed"), ('approved', "Approved"), ('done', "Done")],
        readonly=True, copy=False, protected=True)
    proposer_id = fields.Many2one(
        'res.users', string="Proposed by", readonly=True, copy=False, protected=True)
    approver_id = fields.Many2one(
        'res.users', string="Approved by", readonly=True, copy=False, protected=True)
    date_approved = fields.Datetime(
        string="Approved on", readonly=True, copy=False, protected=True)

    # The repair, and the part as stock again
    repair_id = fields.Many2one(
        'repair.order', string="Part Repair", readonly=True, copy=False,
        index='btree_not_null', protected=True)
    outcome = fields.Selection(
        [('restocked', "Restocked as Repaired"), ('failed', "Not Repairable")],
        readonly=True, copy=False, protected=True)
    actual_cost = fields.Monetary(
        string="Cost of the Repair", copy=False, help="Restocked parts are valued by it.")
    lot_id = fields.Many2one(
        'stock.lot', string="Restocked as", readonly=True, copy=False, index='btree_not_null',
        protected=True)
    date_disposed = fields.Datetime(
        string="Disposed of on", readonly=True, copy=False, protected=True)
    turnaround_days = fields.Float(
        string="Turnaround (Days)", digits=(8, 1), compute='_compute_turnaround_days', store=True,
        protected=True, aggregator='avg', help="From the approval of the repair to the stock.")
    yield_percent = fields.Float(
        string="Yield (%)", compute='_compute_turnaround_days', store=True, protected=True,
        aggregator='avg', help="The share of repairs after which the part is good again.")

    _repair_numbers_valid = models.Constraint(
        'CHECK(repair_cost >= 0 AND actual_cost >= 0 AND life_percent >= 0 AND repair_count >= 0)',
        "Costs, life and number of repairs cannot be negative.")

    # === COMPUTES === #

    @api.depends('product_id')
    def _compute_supplier_id(self):
        for part in self:
            # which supplier sells the part is no secret to those who judge it
            sellers = part.product_id.sudo().seller_ids.filtered(
                lambda seller, part=part: seller.company_id.id in (False, part.company_id.id))
            part.supplier_id = sellers[:1].partner_id.commercial_partner_id

    @api.depends('serial')
    def _compute_repair_count(self):
        numbered = self.filtered('serial')
        counts = {
            (product.id, serial): count for product, serial, count in self.sudo()._read_group(
                [('serial', 'in', numbered.mapped('serial')), ('outcome', '=', 'restocked')],
                ['product_id', 'serial'], ['__count'])} if numbered else {}
        for part in self:
            part.repair_count = counts.get((part.product_id.id, part.serial), part.repair_count)

    @api.depends('product_id', 'company_id')
    def _compute_new_price(self):
        for part in self:
            part.new_price = part.product_id.with_company(part.company_id).standard_price

    @api.depends('repair_cost', 'life_percent', 'repair_count', 'new_price')
    @api.depends_context('lang')
    def _compute_repair_objection(self):
        for part in self:
            words = {
                'cost': self.env._("the repair costs too much of a new part"),
                'life': self.env._("it would not last long enough"),
                'repairs': self.env._("it was repaired often enough")}
            found = part._find_repair_objections()
            part.repair_objection = ", ".join(
                text for key, text in words.items() if key in found)

    @api.depends('date_approved', 'date_disposed', 'outcome')
    def _compute_turnaround_days(self):
        for part in self:
            start, stop = part.date_approved, part.date_disposed
            part.turnaround_days = (
                (stop - start).total_seconds() / 86400 if start and stop and part.outcome else 0)
            part.yield_percent = 100.0 if part.outcome == 'restocked' else 0.0

    def _find_repair_objections(self):
        self.ensure_one()
        company = self.company_id
        if min(self.repair_cost, self.life_percent, self.repair_count) < 0:
            return set()  # the database refuses them
        return find_repair_objections(
            self.repair_cost, self.new_price, self.life_percent, self.repair_count, RepairLimits(
                company.aftersales_part_repair_cost_percent,
                company.aftersales_part_repair_life_percent,
                company.aftersales_part_repair_count))

    @api.constrains('disposal', 'product_id')
    def _check_hazardous(self):
        for part in self:
            if part.is_hazardous and part.disposal in ('scrap', 'local'):
                raise UserError(self.env._(
                    "%(part)s is hazardous waste (battery, board, oil): it goes to a licensed "
                    "recycler, or back to the supplier.", part=part.product_id.display_name))

    # === STEPS === #

    def action_propose(self):
        """Propose what becomes of these old parts."""
        self.check_access('write')
        self._refuse_where(
            lambda part: part.state != 'judged' or part.disposal_state not in (False, 'proposed'),
            self.env._("Only judged old parts that nothing was decided on are proposed"))
        self._refuse_where(
            lambda part: not part.disposal,
            self.env._("Choose what becomes of these old parts first"))
        self._refuse_where(
            lambda part: part.verdict == 'missing' or (
                part.disposal == 'repair' and not part.product_id.is_repairable),
            self.env._("These parts are missing, or of a kind that is not repaired"))
        self._refuse_where(
            lambda part: part.disposal == 'repair' and part._find_repair_objections(),
            self.env._("A repair of these parts does not pay; scrap or return them"))
        # the right to write was checked; who proposes is protected
        self.sudo().write({'disposal_state': 'proposed', 'proposer_id': self.env.uid})

    def action_approve(self):
        """Agree to what is proposed; where the company asks for two persons, as another one."""
        self.check_access('write')
        self._ensure_free_to_move()
        self._refuse_where(
            lambda part: part.disposal_state != 'proposed',
            self.env._("Nothing is proposed for these old parts"))
        if any(part.company_id.is_aftersales_parts_two_persons
               and part.proposer_id == self.env.user for part in self):
            raise AccessError(self.env._(
                "Another person than the one who proposed approves: ask a colleague to open "
                "these old parts."))
        # the right to write was checked; who approves is protected
        self.sudo().write({
            'disposal_state': 'approved', 'approver_id': self.env.uid,
            'date_approved': fields.Datetime.now()})

    def action_dispose(self):
        """Note that scrap, return or recycling of these old parts was carried out."""
        self._refuse_where(
            lambda part: part.disposal == 'repair' and not part.outcome,
            self.env._("Restock these parts, or note that their repair failed"))
        self._set_state('disposed')

    def _ensure_disposed(self):
        self._refuse_where(
            lambda part: part.disposal_state != 'approved',
            self.env._("Have the proposal for these old parts approved first"))
        self._refuse_where(
            lambda part: part.disposal in ('scrap', 'local') and not part.photo_ids,
            self.env._("Attach a photo of the destruction of these old parts"))

    def _prepare_state_vals(self, target, moment):
        vals = super()._prepare_state_vals(target, moment)
        if target == 'disposed':
            vals |= {'disposal_state': 'done', 'date_disposed': moment}
        return vals

    # === REPAIR OF THE PART === #

    def action_repair(self):
        """Open the repair of this old part in the workshop."""
        self.ensure_one()
        self.check_access('write')
        self._refuse_where(
            lambda part: part.disposal != 'repair' or part.disposal_state != 'approved',
            self.env._("Have the repair of these old parts approved first"))
        if not self.repair_id:
            # the approved proposal was checked; the link is protected
            self.sudo().repair_id = self.env['repair.order'].create(self._prepare_repair_vals())
        return self.repair_id._get_records_action()

    def _prepare_repair_vals(self):
        """Return the values of the repair of this old part; the part itself is not stock."""
        self.ensure_one()
        return {
            'company_id': self.company_id.id, 'user_id': self.env.uid,
            'internal_notes': self.env._(
                "Repair of the old part %(tag)s: %(part)s %(serial)s", tag=self.name,
                part=self.product_id.display_name, serial=self.serial or "")}

    def action_restock(self):
        """Take the repaired part into stock as a lot of its own, valued by its repair."""
        for part in self:
            part._restock()

    def _restock(self):
        self.check_access('write')
        self._ensure_repaired()
        part = self.product_id
        if part.tracking == 'none':
            raise UserError(self.env._(
                "%(part)s is not tracked, so repaired pieces cannot be told from new ones: track "
                "it by lots or serial numbers first.", part=part.display_name))
        company = self.company_id
        warehouse = company._get_parts_warehouse()
        lot = self._get_repaired_lot()
        place = company.aftersales_old_parts_location_id or (
            part.with_company(company).property_stock_inventory)
        move = self.env['stock.move'].create({
            'product_id': part.id, 'product_uom': part.uom_id.id, 'company_id': company.id,
            'product_uom_qty': self.quantity, 'location_id': place.id, 'origin': self.name,
            'location_dest_id': warehouse.lot_stock_id.id,
            'move_line_ids': [Command.create({
                'product_id': part.id, 'lot_id': lot.id, 'quantity': self.quantity,
                'product_uom_id': part.uom_id.id, 'location_id': place.id,
                'location_dest_id': warehouse.lot_stock_id.id, 'company_id': company.id})]})
        move._action_confirm()
        move.picked = True
        move._action_done()
        # a storekeeper restocks; its value is the cost of the repair, which follows from it
        move.sudo().value_manual = self.actual_cost
        self.sudo().write({'outcome': 'restocked', 'lot_id': lot.id})
        self._set_state('disposed')

    def _get_repaired_lot(self):
        """Return the lot by which this repaired piece is known; its own, marked as repaired."""
        self.ensure_one()
        part = self.product_id
        lots = self.env['stock.lot']
        name = self.serial if part.tracking == 'serial' and self.serial else self.name
        lot = lots.search([
            ('name', '=', name), ('product_id', '=', part.id),
            ('company_id', 'in', (self.company_id.id, False))], limit=1) or lots.create({
                'name': name, 'product_id': part.id, 'company_id': self.company_id.id})
        lot.is_aftersales_repaired = True
        return lot

    def action_fail(self):
        """Note that the repair of these old parts failed; they are scrapped or recycled."""
        self._ensure_repaired()
        # the right to write was checked; the outcome is protected
        self.sudo().write({'outcome': 'failed'})
        self._set_state('disposed')

    def _ensure_repaired(self):
        self.check_access('write')
        self._refuse_where(
            lambda part: part.repair_id.state != 'done',
            self.env._("End the repair of these old parts in the workshop first"))
        self._refuse_where('outcome', self.env._("The repair of these old parts is decided"))
