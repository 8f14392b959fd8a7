from odoo import api, fields, models

from ..tools.initials import pinyin_initials


class ProductTemplate(models.Model):
    """A spare part: what fits which machines, how critical it is, how it is kept.

    The part number is core's internal reference; old numbers are those of the parts that this one
    replaces. Stock, suppliers, prices and lead times are core's.
    """

    _inherit = 'product.template'

    is_spare_part = fields.Boolean(
        string="Spare Part", index=True,
        help="It is planned, requested, inspected and classified as a spare part.")
    criticality = fields.Selection(
        [('vital', "Vital"), ('essential', "Essential"), ('desirable', "Desirable")],
        default='desirable',
        help="Vital: without it the machine stands still or is unsafe. Essential: it works badly. "
             "Desirable: all else. The target service level follows from it.")
    part_phase = fields.Selection(
        [('introduction', "Introduction"), ('growth', "Growth"), ('mature', "Mature"),
         ('decline', "Decline"), ('last_buy', "Last Buy"), ('obsolete', "Obsolete")],
        string="Phase", default='mature',
        help="Where the part stands in its life. An obsolete part is not stocked any more.")
    keep_until = fields.Date(
        string="Keep Available until",
        help="The last day on which customers can count on this part: by law, years after the end "
             "of production of the machines it fits.")
    date_last_order = fields.Date(
        string="Last Order Date",
        help="The last day on which the supplier takes an order. The planner gets an activity "
             "in good time before it.")
    is_repairable = fields.Boolean(
        string="Repairable", help="Old parts come back, are repaired and stocked again.")
    core_deposit = fields.Monetary(
        help="What the customer gets back for the old part of a paid repair.")
    shelf_life_months = fields.Integer(
        string="Shelf Life (Months)", help="How long it keeps in store. 0: without limit.")
    rust_class = fields.Selection(
        [('none', "Does Not Rust"), ('coated', "Coated or Packed"), ('bare', "Bare Metal")],
        string="Rust Protection", default='none',
        help="Bare metal is oiled again and checked in rounds; coated or packed parts are checked.")
    storage_hint = fields.Char(
        translate=True, help="How it is stored, such as dry, upright or apart from others; shown "
                             "on its label and at its location.")
    is_hazardous_waste = fields.Boolean(
        string="Hazardous Waste",
        help="Batteries, boards and oil: old parts of it are never destroyed on site, they go to a "
             "licensed recycler.")
    search_initials = fields.Char(
        string="Pinyin Initials", compute='_compute_search_initials', store=True, readonly=False,
        index='trigram',
        help="The first letters of the Chinese name, such as YSJ for 压缩机: typing them finds the "
             "part. Correct them where a character is read in another way.")

    _core_deposit_valid = models.Constraint(
        'CHECK(core_deposit >= 0 AND shelf_life_months >= 0)',
        "Neither a deposit nor a shelf life can be negative.")

    @api.depends('name', 'is_spare_part')
    def _compute_search_initials(self):
        """Spell the name in Chinese, whatever language the user works in."""
        parts = self.filtered('is_spare_part')
        (self - parts).search_initials = False
        languages = [code for code, __ in self.env['res.lang'].get_installed()
                     if parts and code.startswith('zh')]
        names = {part: [part.name or ""] for part in parts}
        for code in languages:
            for part in parts.with_context(lang=code):
                names[part].append(part.name or "")
        for part in parts:
            part.search_initials = next(filter(None, map(pinyin_initials, names[part])), False)
