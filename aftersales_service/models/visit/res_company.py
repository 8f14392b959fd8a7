from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.photo import (
    NotAnImageError,
    TooLargeError,
    TooManyPixelsError,
    ensure_image,
    ensure_pixels,
    read_image,
)

MEGA = 1_000_000


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_track_position = fields.Boolean(
        string="Positions of Technicians",
        help="The phone notes where a technician arrives, and prints it on his photos. "
             "Tell the staff before you switch it on.")
    aftersales_photo_limit = fields.Integer(
        string="Largest Photo (MB)", default=20,
        help="A larger photo from the phone is refused.")
    aftersales_photo_pixels = fields.Integer(
        string="Largest Photo (Megapixels)", default=50,
        help="A picture of more pixels is refused before it is opened: a small file can take "
             "all the memory of the server.")
    aftersales_photo_side = fields.Integer(
        string="Photo Side (Pixels)", default=1600,
        help="The phone makes photos no larger than this before it sends them.")

    aftersales_map_link = fields.Char(
        string="Map Link", default='geo:0,0?q={address}',
        help="Opened with the customer's address in place of {address}. geo: lets the phone "
             "choose; an address such as https://uri.amap.com/search?keyword={address} names "
             "a map.")

    _aftersales_photo_positive = models.Constraint(
        'CHECK(aftersales_photo_limit > 0 AND aftersales_photo_side > 0'
        ' AND aftersales_photo_pixels > 0)',
        "The limits of photos must be positive.")

    def _read_photo(self, text):
        """Return the bytes of a picture that came as base64 text, or refuse it in a sentence.

        :raise UserError: for more bytes or pixels than this company takes, and for no picture
        """
        # the limits are no secret to those who meet them
        company = self.sudo()
        return company._check_photo(lambda: read_image(
            text, company.aftersales_photo_limit * 1024 * 1024,
            company.aftersales_photo_pixels * MEGA))

    def _ensure_photo(self, content, name=None):
        """Refuse bytes that are no picture, or a larger one than this company takes.

        :param name: of the file, where several came at once
        :raise UserError: as ``_read_photo``
        """
        company = self.sudo()  # as above
        return company._check_photo(lambda: ensure_image(
            content, company.aftersales_photo_limit * 1024 * 1024,
            company.aftersales_photo_pixels * MEGA), name)

    def _ensure_pixels(self, content, name=None):
        """Refuse a picture that would take too much memory when it is opened.

        What is no picture passes: the caller may take other files as well.

        :param bytes content: of a file; base64 text is decoded by ``decode_picture`` before
        :raise UserError: as ``_read_photo``
        """
        company = self.sudo()  # as above
        company._check_photo(
            lambda: ensure_pixels(content, company.aftersales_photo_pixels * MEGA), name)

    def _check_photo(self, check, name=None):
        """Return what ``check`` returns, or say what is wrong with the picture."""
        self.ensure_one()
        name = name or self.env._("The photo")
        try:
            return check()
        except TooManyPixelsError as error:
            raise UserError(self.env._(
                "%(name)s has more than %(limit)s megapixels: make it smaller and send it "
                "again.", name=name, limit=self.aftersales_photo_pixels)) from error
        except TooLargeError as error:
            raise UserError(self.env._(
                "%(name)s is larger than %(limit)s MB.",
                name=name, limit=self.aftersales_photo_limit)) from error
        except NotAnImageError as error:
            raise UserError(self.env._(
                "%(name)s is not a photo: send a JPEG or PNG picture.", name=name)) from error
