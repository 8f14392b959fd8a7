from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_track_position = fields.Boolean(
        string="Positions of Technicians",
        help="The phone notes where a technician arrives, and prints it on his photos. "
             "Tell the staff before you switch it on.")
    aftersales_photo_limit = fields.Integer(
        string="Largest Photo (MB)", default=20,
        help="A larger photo from the phone is refused.")
    aftersales_photo_side = fields.Integer(
        string="Photo Side (Pixels)", default=1600,
        help="The phone makes photos no larger than this before it sends them.")

    aftersales_map_link = fields.Char(
        string="Map Link", default='geo:0,0?q={address}',
        help="Opened with the customer's address in place of {address}. geo: lets the phone "
             "choose; an address such as https://uri.amap.com/search?keyword={address} names "
             "a map.")

    _aftersales_photo_positive = models.Constraint(
        'CHECK(aftersales_photo_limit > 0 AND aftersales_photo_side > 0)',
        "The limits of photos must be positive.")
