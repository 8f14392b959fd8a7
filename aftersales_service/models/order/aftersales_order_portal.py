from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.serial_range import spellings
from ...tools.timezone import to_local, to_utc

# what says where to go
ADDRESS = ('street', 'city', 'zip')
# the most units and addresses that a form offers
CHOICES = 80
# filling a form in takes some time
GRACE = timedelta(minutes=15)


class AftersalesOrder(models.Model):
    """What the customer sees of an order, and how they are asked for a rating."""

    _inherit = 'aftersales.order'

    def _compute_access_url(self):
        super()._compute_access_url()
        for order in self:
            order.access_url = f'/my/service/{order.id}'

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._("Service Order %(name)s", name=(self.name or '').replace('/', '-'))

    def _rating_get_operator(self):
        return (self.technician_id or self.user_id).partner_id

    def _rating_get_partner(self):
        return self.partner_id

    # === WHAT THE CUSTOMER MAY DO === #
    # Called by the portal after it checked that it is the customer's order (login or token).

    @api.model
    def _create_from_portal(self, partner, values, files=()):
        """Register the request of a portal user; only the fields of the form are taken.

        A serial number links the card only if the card is the customer's own; of somebody else's it
        stays a text, without a hint.

        :param values: the form's answers, by field name
        :param files: pairs of file name and content; images only
        """
        description = (values.get('description') or '').strip()
        if not description:
            raise UserError(self.env._("Tell us in a few words what is wrong."))
        self._ensure_photos(files)
        # how much the company takes is a setting, no secret
        self.env.company.sudo()._ensure_portal_limit(
            self, self._get_portal_request_domain(), partner)
        serial = (values.get('serial') or '').strip()
        order = self.sudo().create({
            'partner_id': partner.id,
            'description': description,
            'channel': self._get_portal_channel(partner),
            'user_id': False,
            'phone': (values.get('phone') or '').strip() or partner.phone,
            'warranty_id': self._find_portal_card(partner, values).id,
            # the card says its own
            **({'serial': serial} if serial else {}),
            'site_id': self._find_portal_site(partner, values).id or partner.id,
            'date_wanted': self._read_portal_wish(partner, values),
        })
        if files:
            # a message of the customer, not a note of the desk: it is on the page as well
            order.message_post(
                attachments=list(files), message_type='comment', subtype_xmlid='mail.mt_comment',
                author_id=partner.id)
        return order

    @api.model
    def _get_portal_request_domain(self):
        """Return the domain of what customers asked for on the portal."""
        return [('channel', 'in', ('portal', 'retailer'))]

    @api.model
    def _get_portal_channel(self, partner):
        """Return the channel of what a portal user asks for: retailers ask for their buyers."""
        # whether the user's own company sells our goods
        is_retailer = partner.sudo().commercial_partner_id.is_aftersales_retailer
        return 'retailer' if is_retailer else 'portal'

    @api.model
    def _find_portal_card(self, partner, values):
        """Return the customer's own card that a form names: by its serial number or its id.

        A number that was typed says more than the list, unless the unit there has none yet.
        """
        serial = (values.get('serial') or '').strip()
        card_id = str(values.get('warranty_id') or '')
        # the customer's own company's cards, and only those
        cards = self.env['aftersales.warranty'].sudo()
        own = [('partner_id', 'child_of', partner.commercial_partner_id.id)]
        found = cards.search([('serial', 'in', spellings(serial)), *own], limit=1)
        if not found and card_id.isdecimal() and len(card_id) < 10:
            # a number that stands on no own card says that it is another unit
            bare = [('serial', '=', False)] if serial else []
            found = cards.search([('id', '=', int(card_id)), *bare, *own])
        return found

    @api.model
    def _get_portal_choices(self, partner):
        """Return what the request form offers a customer: own units, addresses, times."""
        customer = partner.commercial_partner_id
        return {
            # the customer's own company's cards and addresses, and only those
            'cards': self.env['aftersales.warranty'].sudo().search(
                [('partner_id', 'child_of', customer.id)], order='id desc', limit=CHOICES),
            'sites': [(site.id, self._format_portal_site(site))
                      for site in self._get_portal_sites(partner)],
            'limits': self._get_portal_limits(partner),
        }

    @api.model
    def _get_portal_limits(self, partner):
        """Return the first and the last time that a form offers, as the browser takes them."""
        now, company = fields.Datetime.now(), self.env.company.sudo()
        zone = self._get_portal_zone(partner)
        last = company.aftersales_plan_days and now + timedelta(days=company.aftersales_plan_days)
        return [moment and to_local(moment, zone).strftime('%Y-%m-%dT%H:%M')
                for moment in (now, last)]

    @api.model
    def _get_portal_sites(self, partner):
        """Return the customer's own addresses to which a technician may come."""
        customer = partner.commercial_partner_id
        # the customer's own company's addresses, and only those
        sites = self.env['res.partner'].sudo().search(
            [('id', 'child_of', customer.id), ('type', '!=', 'private')], limit=CHOICES)
        return (partner | sites.sorted('id')).filtered(
            lambda site: site == partner or any(site[name] for name in ADDRESS))

    @api.model
    def _format_portal_site(self, site):
        """Return an address on one line; that of the customer may be a name only."""
        lines = site._display_address(without_company=True).splitlines()
        return ", ".join(filter(None, [site.name, *(line.strip() for line in lines)]))

    @api.model
    def _find_portal_site(self, partner, values):
        """Return the own address that a form names; none for none or one of somebody else."""
        site_id = str(values.get('site_id') or '')
        return self._get_portal_sites(partner).filtered(lambda site: str(site.id) == site_id)

    @api.model
    def _get_portal_zone(self, partner):
        """Return the zone in which a customer reads and enters times."""
        company = self.env.company.sudo()
        return partner.tz or company.resource_calendar_id.tz or 'UTC'

    @api.model
    def _read_portal_wish(self, partner, values):
        """Return when the customer wants us to come, in UTC; ``False`` for no wish."""
        text = values.get('date_wanted')
        if not text:
            return False
        try:
            local = datetime.fromisoformat(text).replace(tzinfo=None)
            moment = to_utc(local, self._get_portal_zone(partner)).replace(microsecond=0)
        except (ValueError, OverflowError) as error:
            raise UserError(self.env._("This is no date and time: %(text)s", text=text)) from error
        now, days = fields.Datetime.now(), self.env.company.sudo().aftersales_plan_days
        if moment < now - GRACE or (days and moment > now + timedelta(days=days)):
            raise UserError(self.env._(
                "We cannot come at that time: choose a time from now on, or leave it empty and "
                "we call you."))
        return moment

    @api.model
    def _find_open_of_card(self, partner, card):
        """Return the customer's open orders of a unit: they may ask again there."""
        # the customer's own orders, and only those
        return self.sudo().search([
            ('warranty_id', 'in', card.ids), ('date_closed', '=', False),
            ('date_done', '=', False),
            ('partner_id', 'child_of', partner.commercial_partner_id.id)])

    def _get_other_open_orders(self):
        """Return the customer's other open orders of this unit, for the page of a new one."""
        self.ensure_one()
        return self._find_open_of_card(self.partner_id, self.warranty_id) - self

    @api.model
    def _ensure_photos(self, files):
        """Refuse files that are no image or larger than the company's limit."""
        for name, content in files:
            self.env.company._ensure_photo(content, name)

    def _remind_from_portal(self):
        """Count that the customer asked again; of finished work they write a message."""
        if not all(order._is_awaited() for order in self):
            raise UserError(self.env._(
                "This work is finished. Write us a message if something is not right."))
        self._refuse_where(lambda order: order._is_reminded_lately(), self.env._(
            "We know that you are waiting; ask again a little later, or write us a message"))
        self._remind()

    def _is_reminded_lately(self):
        """Whether the last reminder is so fresh that the next one would say nothing new."""
        self.ensure_one()
        wait = timedelta(minutes=self.company_id.sudo().aftersales_reminder_wait)
        return bool(self.date_reminded) and fields.Datetime.now() < self.date_reminded + wait

    def _cancel_from_portal(self, reason):
        """Call the order off for its customer; the flow's own rules decide."""
        if any(order._is_awaited() and not order._can_customer_cancel() for order in self):
            raise UserError(self.env._(
                "The work has begun: speak to the technician, or call us to stop it."))
        self.close_reason = (reason or '').strip() or self.close_reason
        self.action_cancel()

    def _sign_from_portal(self, name, signature):
        """Store the customer's acceptance of finished work."""
        self.ensure_one()
        if self.date_done or self.signature:
            raise UserError(self.env._("This order is signed already."))
        if not self._is_signable():
            raise UserError(self.env._("There is no finished work to sign yet."))
        self._ensure_signature(signature)
        self.write({'signature': signature, 'signed_by': name})
        # the name is personal data: it stands on the order alone, where it can be erased
        self._message_log(body=self._for_desk().env._("Signed on the customer's page."))

    def _mail_get_partner_fields(self, introspect_fields=False):
        return ['partner_id']
