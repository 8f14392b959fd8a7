from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache

from ...tools.photo import (
    ForeignImageError,
    NotAnImageError,
    TooLargeError,
    TooManyPixelsError,
    convert_picture,
    ensure_image,
    ensure_pixels,
    read_image,
)
from ...tools.timezone import day_bounds, local_day

MEGA = 1_000_000
# pages that open in each browser, iPhones and WeChat among them; the first is for China
MAP_LINKS = ('https://uri.amap.com/search?keyword={address}',
             'https://www.google.com/maps/search/?api=1&query={address}')


class ResCompany(models.Model):
    _inherit = 'res.company'

    # the first one keeps parts and takes returns
    aftersales_warehouse_ids = fields.One2many(
        'stock.warehouse', 'company_id', string="Warehouses")

    # Service desk
    aftersales_reminder_limit = fields.Integer(
        string="Reminders before Alert", default=2,
        help="When a customer asked this often about an open order, dispatchers are notified.")
    aftersales_reminder_wait = fields.Integer(
        string="Minutes between Reminders", default=60,
        help="On the portal a customer asks again about an order after this time. 0 counts "
             "each tap.")
    aftersales_portal_limit = fields.Integer(
        string="Portal Requests per Hour", default=20,
        help="A customer asks for no more service orders, and no more returns, within an "
             "hour. 0 takes all.")
    aftersales_reply_hours = fields.Float(
        string="Working Hours to Reply", default=8.0,
        help="A question that is not answered at once is promised a reply within this time.")
    aftersales_repair_days = fields.Integer(
        string="Days a Repair Must Hold", default=30,
        help="A further repair of the same unit within this time counts as a repeat repair. "
             "China's three-guarantee rules ask for 30 days (article 6).")

    # Warranty cards
    aftersales_card_cap = fields.Integer(
        string="Warranty Cards per Delivery Line", default=100,
        help="A delivery line of more units makes no more cards than this, so that small "
             "goods sold by the thousand do not flood the register. 0 makes no card.")
    aftersales_expiry_days = fields.Integer(
        string="Days before the Warranty Ends", default=30,
        help="So many days before it ends, owners are reminded and offered an extension. "
             "0: no reminders are sent.")
    is_aftersales_expiry_lead = fields.Boolean(
        string="Opportunity before the Warranty Ends", default=True,
        help="Sales gets one opportunity for each customer whose warranties end.")
    _aftersales_expiry_positive = models.Constraint(
        'CHECK(aftersales_expiry_days >= 0)',
        "The days before the end of a warranty cannot be negative.")

    # Outlets and dispatch
    aftersales_accept_minutes = fields.Integer(
        string="Minutes to Answer an Offer", default=30,
        help="New outlets start with this time to accept or decline an offered order.")
    aftersales_dispatcher_id = fields.Many2one(
        'res.users', string="Dispatcher",
        help="Is notified when no outlet takes an order. Empty: the user in charge of the order.")
    aftersales_dispatch_limit = fields.Integer(
        string="Orders per Bulk Dispatch", default=500,
        help="The most orders that one bulk dispatch changes.")
    aftersales_objection_days = fields.Integer(
        string="Working Days to Object to a Charge", default=5,
        help="Within these working days of the company an outlet may object to a charge. "
             "0: it cannot object.")
    aftersales_plan_days = fields.Integer(
        string="Outlets Plan Ahead (Days)", default=180,
        help="How far ahead outlets and technicians may agree on a visit. 0: no limit.")
    aftersales_unqualified_technician = fields.Selection(
        [('warn', "Warn"), ('refuse', "Refuse")], string="Technician without a Skill",
        default='warn', required=True,
        help="What happens when an order is given to a technician who lacks a skill that it "
             "asks for. Skills that the law asks for are always refused.")
    _aftersales_objection_days = models.Constraint(
        'CHECK(aftersales_objection_days >= 0)',
        "The days to object to a charge cannot be negative.")

    # Phone page
    aftersales_track_position = fields.Boolean(
        string="Positions of Technicians",
        help="The phone notes where a technician arrives, and prints the place on the photos. "
             "Inform the staff before you switch it on.")
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
        string="Map Link", compute='_compute_aftersales_map_link', store=True, readonly=False,
        help="Opened with the customer's address in place of {address}. By default a map of the "
             "company's country, which opens on each phone and inside WeChat; a link with geo: "
             "opens on neither iPhones nor in WeChat.")
    _aftersales_photo_positive = models.Constraint(
        'CHECK(aftersales_photo_limit > 0 AND aftersales_photo_side > 0'
        ' AND aftersales_photo_pixels > 0)',
        "The limits of photos must be positive.")

    # Notifications
    aftersales_quiet_start = fields.Float(
        string="Quiet from", default=21.0,
        help="From this hour on no customer's phone rings; what waits is sent in the morning. "
             "A code that the customer waits for is sent at any hour.")
    aftersales_quiet_end = fields.Float(
        string="Quiet until", default=8.0, help="The same hour as the start: never quiet.")
    aftersales_message_attempts = fields.Integer(
        string="Attempts to Send", default=3,
        help="A message that was refused this often has failed.")
    aftersales_message_wait = fields.Integer(
        string="Minutes between Attempts", default=15)
    _aftersales_quiet_hours = models.Constraint(
        'CHECK(aftersales_quiet_start >= 0 AND aftersales_quiet_start < 24 '
        'AND aftersales_quiet_end >= 0 AND aftersales_quiet_end < 24)',
        "Quiet hours are hours of the day.")
    _aftersales_message_positive = models.Constraint(
        'CHECK(aftersales_message_attempts > 0 AND aftersales_message_wait > 0)',
        "Attempts to send and the minutes between them must be positive.")

    # Completion codes
    aftersales_code_minutes = fields.Integer(
        string="Completion Code Holds (Minutes)", default=120)
    aftersales_code_tries = fields.Integer(
        string="Tries per Completion Code", default=5,
        help="After so many wrong codes it is locked, and a new one must be sent.")
    aftersales_code_limit = fields.Integer(
        string="Completion Codes per Day", default=5,
        help="The most codes that are sent for one order in 24 hours.")
    _aftersales_code_positive = models.Constraint(
        'CHECK(LEAST(aftersales_code_minutes, aftersales_code_tries, aftersales_code_limit) > 0)',
        "The limits of completion codes must be positive.")

    # Follow-up
    aftersales_follow_up_days = fields.Integer(
        string="Working Days to the Follow-up Call", default=1,
        help="So many working days after the work the desk calls the customer. 0: no calls.")
    _aftersales_follow_up_positive = models.Constraint(
        'CHECK(aftersales_follow_up_days >= 0)',
        "The days to the follow-up call cannot be negative.")

    # Payments on site
    aftersales_payment_journal_ids = fields.Many2many(
        'account.journal', 'aftersales_company_payment_journal_rel', 'company_id', 'journal_id',
        string="Payments on Site",
        domain="[('type', 'in', ('bank', 'cash', 'credit')), ('company_id', '=', id)]",
        help="Where payments that technicians take are booked. None: they take no payments.")
    aftersales_needs_price = fields.Boolean(
        string="Paid Work Needs a Price",
        help="A repair that the customer pays can be finished once it has a part, labour or a "
             "trip, or a team lead made it goodwill.")
    aftersales_pay_later = fields.Boolean(
        string="Customers May Pay after the Work", default=True,
        help="Off: paid work is finished once the customer has paid for it.")

    # Covers and appraisals
    aftersales_cover_soon_days = fields.Integer(
        string="Cover Ends Soon (Days)", default=30,
        help="A cover that ends within so many days is shown in orange.")
    aftersales_audit_share = fields.Float(
        string="Appraisals Audited (%)", default=10.0,
        help="So many of the appraisal sheets that outlets issue by themselves are drawn "
             "by lot and looked at again.")
    aftersales_wrong_appraisal_fee = fields.Float(
        string="Charge for a Wrong Appraisal", default=0.0,
        help="Proposed to the auditor on top of what the wrong verdict cost.")
    _aftersales_verdict_positive = models.Constraint(
        'CHECK(aftersales_cover_soon_days >= 0 AND aftersales_wrong_appraisal_fee >= 0'
        ' AND aftersales_audit_share >= 0 AND aftersales_audit_share <= 100)',
        "Days and charges cannot be negative, and a share lies between 0 and 100 %.")

    # Deliveries
    aftersales_two_people_weight = fields.Float(
        string="Two People above (kg)", default=40.0,
        help="Heavier goods are dispatched to two people. 0: only products that say so.")
    aftersales_claim_days = fields.Integer(
        string="Days to Claim from the Carrier", default=7,
        help="Damage must be reported to the carrier within so many days after the delivery.")
    aftersales_trip_service_id = fields.Many2one(
        'product.product', string="Further Trip",
        domain=[('type', '=', 'service'), ('sale_ok', '=', True)],
        help="The service charged for a further trip after a visit that failed by the customer's "
             "fault. Empty: further trips are free.")
    _aftersales_delivery_positive = models.Constraint(
        'CHECK(aftersales_two_people_weight >= 0 AND aftersales_claim_days >= 0)',
        "The limits of deliveries cannot be negative.")

    # Workshop
    aftersales_unclaimed_days = fields.Integer(
        string="Days until Unclaimed", default=90,
        help="A repaired article that is not fetched for so long counts as unclaimed: "
             "the customer is reminded.")
    aftersales_disposal_days = fields.Integer(
        string="Days until Disposal", default=30,
        help="An unclaimed article may be disposed of so many days after the reminder.")
    _aftersales_unclaimed_positive = models.Constraint(
        'CHECK(aftersales_unclaimed_days > 0 AND aftersales_disposal_days >= 0)',
        "The periods for unclaimed articles must be positive.")

    # Accidents
    aftersales_accident_minutes = fields.Integer(
        string="Minutes to Report an Accident", default=30,
        help="An accident that is reported later is marked as late.")
    aftersales_accident_hours = fields.Integer(
        string="Hours to Investigate an Accident", default=24,
        help="The cause of an accident is to be known so many hours after the report.")
    _aftersales_accident_positive = models.Constraint(
        'CHECK(aftersales_accident_minutes > 0 AND aftersales_accident_hours > 0)',
        "The periods for accidents must be positive.")

    # Retention
    aftersales_position_days = fields.Integer(
        string="Keep Positions (Days)", help="From the closing of the order. 0 keeps them.")
    aftersales_photo_days = fields.Integer(
        string="Keep Photos (Days)", help="From the closing of the order. 0 keeps them.")
    aftersales_signature_days = fields.Integer(
        string="Keep Signatures (Days)", help="From the closing of the order. 0 keeps them.")
    aftersales_text_days = fields.Integer(
        string="Keep Texts (Days)", help="From the closing of the order. 0 keeps them.")
    _aftersales_days_positive = models.Constraint(
        'CHECK(LEAST(aftersales_position_days, aftersales_photo_days,'
        ' aftersales_signature_days, aftersales_text_days) >= 0)',
        "The days to keep data cannot be negative: 0 keeps the data forever.")

    @api.depends('partner_id.country_id')
    def _compute_aftersales_map_link(self):
        """Name a map that works in the company's country; one of the company's own stays."""
        for company in self:
            link = company.aftersales_map_link
            company.aftersales_map_link = (
                link if link and link not in MAP_LINKS
                else MAP_LINKS[company.partner_id.country_id.code != 'CN'])

    def _get_people_in(self, group):
        """Return the colleagues of this company who are in ``group``, by its external id."""
        self.ensure_one()
        # users who notify a group may not read its members
        return self.env.ref(group).sudo().all_user_ids.filtered(
            lambda user: user.active and not user.share and self in user.company_ids)

    def _ensure_portal_limit(self, records, domain, partner):
        """Refuse a customer who asked for more on the portal in an hour than the company takes.

        Called by pages after they checked who asks, before the record is made.

        :param records: an empty recordset of the model that is asked for
        :param domain: of those among its records that customers asked for on the portal
        :raise UserError: the customer asked for as many already
        """
        self.ensure_one()
        limit, hour = self.aftersales_portal_limit, fields.Datetime.now() - timedelta(hours=1)
        # the requests of all users of the customer count
        recent = limit and records.sudo().search_count([
            *domain, ('company_id', '=', self.id),
            ('partner_id', 'child_of', partner.commercial_partner_id.id),
            ('create_date', '>', hour)], limit=limit)
        if limit and recent >= limit:
            raise UserError(self.env._(
                "You sent %(count)s requests within an hour. Wait a while, or call us.",
                count=recent))

    def _get_last_day(self, day, days, is_workdays):
        """Return the last of the ``days`` days that follow ``day``; nothing for no limit.

        Hook to call: with any rights (the calendar is read as superuser), for one company, where a
        period is promised or ends. Raises nothing.

        :param days: how many days there are, zero for no limit
        :param is_workdays: whether only working days count, by the company's calendar
        """
        self.ensure_one()
        # the company's calendar is the same for every user, also for portal users
        calendar = self.sudo().resource_calendar_id
        if not days or not is_workdays or not calendar:
            return days and day + timedelta(days=days)
        # the day itself does not count
        zone = calendar.tz or 'UTC'
        __, start = day_bounds(day, zone)
        end = calendar.plan_days(days, start, compute_leaves=True)
        return end and local_day(end, zone)

    def _get_reply_deadline(self):
        """Return until when a question of now is answered, in working time."""
        self.ensure_one()
        now, hours = fields.Datetime.now(), self.aftersales_reply_hours
        planned = self.resource_calendar_id.plan_hours(hours, now, compute_leaves=True) if (
            self.resource_calendar_id) else False
        return planned or fields.Datetime.add(now, hours=hours)

    def _get_next_hour(self):
        """Return the next whole hour of working time, with which a plan may begin."""
        self.ensure_one()
        now = fields.Datetime.now()
        # a minute of work from now lies within working time
        moment = self.resource_calendar_id and self.resource_calendar_id.plan_hours(
            1 / 60, now, compute_leaves=True)
        return fields.Datetime.add(
            (moment or now).replace(minute=0, second=0, microsecond=0), hours=1)

    def write(self, vals):
        result = super().write(vals)
        if 'resource_calendar_id' in vals:
            self.env.registry.clear_cache()  # the time zone follows from the calendar
        return result

    def _get_aftersales_day(self, moment):
        """Return the day that ``moment`` (UTC) belongs to, where the company works.

        Hook to call: where a day of the business is meant, and not that of the reader; as any
        user, for one company. Raises nothing.
        """
        self.ensure_one()
        return local_day(moment, self._get_aftersales_zone())

    @ormcache('self.id')
    def _get_aftersales_zone(self):
        """Return the name of the time zone in which the company works."""
        # days are the same for everybody
        return self.sudo().resource_calendar_id.tz or 'UTC'

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

    def _convert_photo(self, content):
        """Return the bytes of a picture in a kind that papers show; other bytes as they are.

        Called by pages before they ask ``_ensure_photo``; raises nothing.
        """
        # as _read_photo
        return convert_picture(content, self.sudo().aftersales_photo_pixels * MEGA)

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
                "%(name)s is larger than %(limit)s MB: make it smaller and send it again.",
                name=name, limit=self.aftersales_photo_limit)) from error
        except ForeignImageError as error:
            raise UserError(self.env._(
                "%(name)s is a HEIC picture of an iPhone, which cannot be opened here: choose "
                "“Most Compatible” under Settings › Camera › Formats, or send a screenshot of "
                "it.", name=name)) from error
        except NotAnImageError as error:
            raise UserError(self.env._(
                "%(name)s is not a photo: send a JPEG or PNG picture.", name=name)) from error
