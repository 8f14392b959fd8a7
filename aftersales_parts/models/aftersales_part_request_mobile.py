from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.aftersales_service.tools.words import read_id, read_words

from .aftersales_part_request import FINAL_STATES

COMMONEST = 10
RECEIVER_LIMIT = 100
MOST_NUMBERS = 500


class AftersalesPartRequest(models.Model):
    """Requests as the technician's phone and the outlet's page show them.

    Their people may be portal users without rights on requests: whatever leaves here is theirs.
    """

    _inherit = 'aftersales.part.request'

    # === WHAT A PHONE OR FORM SENT === #

    @api.model
    def _read_mobile_quantity(self, payload, is_zero_allowed=False):
        """Return the quantity that a phone sent, or refuse it with a sentence."""
        value = payload.get('quantity', 1)
        if (type(value) not in (int, float) or not 0 <= value < 10_000
                or not (value or is_zero_allowed)):
            raise UserError(self.env._("Say how many pieces you need, 1 or more."))
        return value

    @api.model
    def _read_mobile_numbers(self, payload):
        """Return ``{serial or lot number: pieces}`` that a phone counted, ``None`` if none said.

        :raise UserError: something unreadable, or a number that was counted twice
        """
        sent = payload.get('numbers')
        if sent is None:
            return None
        if (not isinstance(sent, list) or len(sent) > MOST_NUMBERS
                or not all(isinstance(row, dict) for row in sent)):
            raise UserError(self.env._("The phone sent something unreadable."))
        numbers = {}
        for row in sent:
            name = read_words(row.get('name'))[:100]
            if not name or name in numbers:
                raise UserError(self.env._(
                    "Enter each serial number once: %(number)s.", number=name or "?"))
            numbers[name] = self._read_mobile_quantity(row, is_zero_allowed=True)
        return {name: quantity for name, quantity in numbers.items() if quantity}

    @api.model
    def _read_form_quantity(self, text):
        """Return the quantity of a form's text, or refuse it with a sentence."""
        return self._read_mobile_quantity(
            {'quantity': int(text) if (text or '').isdecimal() and len(text) < 5 else 0})

    @api.model
    def _read_form_came(self, text):
        """Return how many pieces came, from a form's text, or refuse it with a sentence."""
        try:
            return float(text)
        except ValueError:
            raise UserError(self.env._("Enter how many pieces came as a number.")) from None

    @api.model
    def _read_mobile_urgency(self, payload):
        value = payload.get('urgency')
        return value if value in self._fields['urgency'].get_values(self.env) else 'daily'

    @api.model
    def _read_mobile_part(self, payload, company):
        """Return the part that a phone chose or scanned, or refuse it with a sentence."""
        # portal users read no products; they may ask for those of their company
        products = self.env['product.product'].sudo()
        part = products.search([
            ('id', '=', read_id(payload.get('product_id'))),
            *products._get_goods_domain(company)])
        return part or products._find_scanned(read_words(payload.get('code')), company)

    @api.model
    def _ensure_current(self, product, place):
        """Refuse an old number for a van or store where no source has any left of it.

        :raise UserError: naming the parts to ask for instead
        """
        asker = self.sudo().new({  # the stores that serve the place are read only
            'location_dest_id': place.id, 'company_id': place.company_id.id,
            'user_id': self.env.uid})
        current = product._get_current_parts(location=asker._get_sources())[product]
        if product not in current:
            raise UserError(self.env._(
                "%(part)s was replaced: request %(names)s instead.", part=product.display_name,
                names=", ".join(current.mapped('display_name'))))

    # === ACTIONS OF THE PHONE === #

    def _check_mobile_access(self, kind):
        # only whether the request, its outlet or a van that it takes from is the user's is read
        request = self.sudo()
        if (self.env.user in request._get_van_owners() if kind == 'part_send'
                else request._is_receiver(self.env.user)):
            return None
        return super()._check_mobile_access(kind)

    def _on_mobile_part_take(self, payload, moment):
        """Confirm that the parts came; ``missing`` tells of some that did not."""
        missing = payload.get('missing') or {}
        if not isinstance(missing, dict):
            raise UserError(self.env._("The phone sent something unreadable."))
        self._note_missing(missing)
        self._set_state('handed_over', moment)

    def _note_missing(self, missing):
        """Note which parts of this one request did not come, before it is confirmed.

        :param missing: ``{line id as text: pieces}``
        :raise UserError: a quantity that is none, or nothing came
        """
        for line in self.line_ids:
            number = missing.get(str(line.id)) or 0
            if type(number) not in (int, float) or not 0 <= number <= line.quantity:
                raise UserError(self.env._(
                    "Enter how many pieces of %(part)s came, from 0 to %(most)g.",
                    part=line.product_id.display_name, most=line.quantity))
            if number:
                line.quantity_missing = number
        if all(line.quantity_missing >= line.quantity for line in self.line_ids):
            raise UserError(self.env._(
                "Nothing of %(request)s came: do not confirm it, and ask the store where it is.",
                request=self.name))

    def _on_mobile_part_send(self, payload, moment):
        """Hand out parts of the user's own van to a colleague."""
        self._set_state('in_transit', moment)

    def _on_mobile_part_return(self, payload, moment):
        self._set_state('returning', moment)

    def _on_mobile_part_lend(self, payload, moment):
        self._set_state('lent', moment)

    def _on_mobile_part_regain(self, payload, moment):
        self._set_state('used', moment)

    def _on_mobile_part_cancel(self, payload, moment):
        self._set_state('cancelled', moment)

    # === WHAT THE PHONE SHOWS === #

    @api.model
    def _get_receiver_domain(self):
        """Return the domain of the requests whose parts the current user gets."""
        return Domain('user_id', '=', self.env.uid) | Domain(
            'outlet_id', 'in', self.env.user._get_served_outlet_ids())

    @api.model
    def _search_for_receiver(self):
        """Return the open requests whose parts the current user gets, as superuser."""
        # found by what belongs to the user
        return self.sudo().search(
            self._get_receiver_domain()
            & Domain('state', 'not in', ('draft', *FINAL_STATES)), limit=RECEIVER_LIMIT,
        ).filtered(lambda request: request._is_receiver(self.env.user))

    def _move_for_receiver(self, target, form=None):
        """Let the current user, who may own no rights on requests, confirm or give back.

        :param form: of the page; ``came_<line id>`` says how many pieces came
        :raise AccessError: the parts are not for this user; which requests exist is not said
        """
        request = self.sudo().exists()  # whose it is
        if not request or not request._is_receiver(self.env.user):
            raise AccessError(self.env._("These parts are not for your outlet."))
        # _is_receiver let the user act
        if target == 'handed_over':
            request._note_missing({
                str(line.id): line.quantity - request._read_form_came(came)
                for line in request.line_ids if (came := (form or {}).get(f'came_{line.id}'))})
        request._set_state(target)

    @api.model
    def _get_mobile_parts(self):
        """Return what the page “Parts” of the current user's phone shows.

        Hook: called by ``/my/jobs/data/parts`` as the user, who may be a portal user, on the
        model, at each reading in a read-only transaction. Modules add keys to ``super()``; all
        of it leaves for the phone. Raises nothing.
        """
        user, company = self.env.user, self.env.company
        places = self._get_own_places()
        requests = self._search_for_receiver()
        vans = self.env['stock.location'].sudo().search([  # whom a part can be given to
            ('aftersales_technician_id', 'not in', [False, user.id]),
            ('company_id', '=', company.id)])
        asked = self.sudo().search([  # from the user's own van
            ('state', '=', 'reserved'), ('company_id', '=', company.id),
            ('line_ids.location_id.aftersales_technician_id', '=', user.id)], limit=RECEIVER_LIMIT)
        return {
            'asked': [request._prepare_mobile_request() for request in asked],
            'requests': [request._prepare_mobile_request() for request in requests],
            'places': [place._prepare_mobile_place() for place in places],
            'colleagues': [
                {'id': van.id, 'name': van.aftersales_technician_id.name} for van in vans
            ] if places.filtered(lambda place: place.aftersales_technician_id == user) else [],
            'jobs': self._get_mobile_part_jobs(),
            'old_parts': user._prepare_mobile_old_parts(),
        }

    @api.model
    def _get_own_places(self):
        """Return the vans of the current user and the stores of the user's outlets."""
        user = self.env.user
        # both name the user
        places = user.sudo().aftersales_van_ids.filtered('active')
        outlets = self.env['aftersales.outlet'].sudo().browse(user._get_served_outlet_ids())
        return places | outlets.filtered('keeps_stock').stock_location_id

    def _prepare_mobile_request(self):
        """Return one request for the phone of who gets its parts."""
        self.ensure_one()
        labels = dict(self._fields['state']._description_selection(self.env))
        today = fields.Date.context_today(self)
        due = self.date_return_due
        return {
            'res_model': self._name, 'res_id': self.id, 'name': self.name, 'state': self.state,
            'state_label': labels[self.state], 'kind': self.kind,
            'order': self.order_id.name or "",
            # managers of an outlet see those of its technicians, too
            'technician': self.user_id.name if self.user_id != self.env.user else "",
            'customer': self.order_id.partner_id.name or "",
            'expected': format_date(self.env, self.date_expected) or "",
            'is_late': bool(self.date_expected and self.date_expected < today
                            and self.state not in ('handed_over', 'lent', 'used', 'returning')),
            'days_left': (due - today).days if due else None,
            'to_return': self.quantity_to_return,
            'lines': [{
                'id': line.id, 'name': line.product_id.display_name,
                'quantity': line._get_mobile_quantity(), 'to_return': line.quantity_to_return,
            } for line in self.line_ids],
        }

    @api.model
    def _get_mobile_part_jobs(self):
        """Return the open units of the user's jobs with their commonest parts."""
        visits = self.env['aftersales.visit']
        # the domain names the current user as the technician
        found = visits.sudo().search(visits._get_mobile_domain(), order='date_start, id')
        orders = found.order_ids.filtered(lambda order: not order.date_done)
        products = self.env['product.product'].sudo()  # offered for the user's own jobs
        choices = orders._get_part_suggestions()
        parts = {order: products.browse([part['id'] for part in offered[:COMMONEST]])
                 for order, offered in choices.items()}
        hints = {order: {part['id']: part['hint'] for part in offered}
                 for order, offered in choices.items()}
        stock = {
            company: self._read_stock(
                products.union(*(parts.get(order, products) for order in mine)), company)
            for company, mine in orders.grouped('company_id').items()}
        return [{
            'res_model': 'aftersales.visit', 'res_id': visit.id, 'order_id': order.id,
            'name': order.name, 'customer': order.partner_id.name or "",
            'product': order.product_id.display_name or "",
            'wait': order._get_parts_sentence() if order.is_waiting_for_parts else "",
            'parts': self._prepare_mobile_levels(
                parts.get(order, products), order, stock[order.company_id], hints.get(order)),
        } for visit in found for order in visit.order_ids & orders]

    @api.model
    def _prepare_mobile_levels(self, parts, order, shared=None, hints=None):
        """Return parts with what lies in van, outlet and centre, and what is on the way."""
        asker = self.sudo().new({
            'order_id': order.id, 'company_id': (order.company_id or self.env.company).id,
            'user_id': self.env.uid})
        levels = asker._read_levels(parts, shared)
        return [{
            'id': part.id, 'name': part.display_name, 'code': part.default_code or "",
            'hint': (hints or {}).get(part.id, ""), 'tracking': part.tracking,
            **{name: levels[part][name] for name in ('van', 'outlet', 'centre', 'incoming')},
            'date': format_date(self.env, levels[part]['date']) or "",
        } for part in parts]
