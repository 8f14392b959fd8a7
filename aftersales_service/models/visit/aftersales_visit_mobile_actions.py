import base64
import math

from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.words import read_id, read_words
from .aftersales_checklist_line import RESULTS

# what still makes sense when the visit is over: a picture that waited, the payment
LATE_KINDS = frozenset({'photo', 'collect'})
# what the printed reports say beside the work itself
REMARKS = ('remaining_risk', 'advice', 'customer_remark')
CODES = ('symptom_id', 'cause_id', 'remedy_id')


class AftersalesVisit(models.Model):
    """What the technician may do from the phone: one method for each kind of action.

    The methods run with all rights, after ``_check_is_technician``; they reach the
    visit's own orders only and leave every rule to the methods of visit and order.
    Each takes ``(order, payload, moment)``, the order being the unit that the action names
    or none; the rest is said in ``aftersales.mobile.mixin``. A further kind of action is one
    more method ``_on_mobile_<kind>`` and one more value of the selection.
    """

    _inherit = 'aftersales.visit'

    # === CHECKS === #

    def _check_mobile_access(self, kind):
        self._check_is_technician()

    def _get_earliest_moment(self):
        """Return the last thing that was noted on the way: what comes later is later."""
        return max(filter(None, (
            self.create_date, self.date_called, self.date_left, self.date_arrived)))

    def _do_mobile_action(self, kind, order, payload, moment):
        return getattr(self, f'_on_mobile_{kind}')(order, payload, moment)

    def _get_mobile_order(self, order_id):
        """Return the unit of this visit that an action names; none if it names none."""
        self.ensure_one()
        order = self.order_ids.filtered(lambda order: order.id == order_id)
        if order_id and not order:
            raise UserError(self.env._("This job does not exist or is no longer yours."))
        return order

    def _ensure_mobile_open(self, kind):
        if self.state in ('done', 'missed') and kind not in LATE_KINDS:
            raise UserError(self.env._(
                "This visit is over; nothing can be added to it. Call the dispatcher."))

    def _ensure_unit(self, order):
        if not order:
            raise UserError(self.env._("Say which unit is meant."))

    def _read_record_id(self, payload, name):
        """Return the id of a record that the phone chose, or 0."""
        return read_id(payload.get(name))

    def _read_photo(self, payload, name, company=None):
        """Return the picture that the phone sent, or refuse it with a sentence."""
        return (company or self.company_id)._read_photo(payload.get(name))

    def _read_signature(self, payload, name):
        """Return the signature that the phone sent, or refuse it: a dot is none."""
        content = self._read_photo(payload, name)
        self.env['aftersales.order']._ensure_drawn(content)
        return content

    # === THE TRIP === #

    def _on_mobile_call(self, order, payload, moment):
        self.date_called = moment

    def _on_mobile_set_off(self, order, payload, moment):
        # tried again after it was refused: who is there has set off
        if self.state != 'on_site':
            self._set_state('on_way', moment)

    def _on_mobile_undo_set_off(self, order, payload, moment):
        self.action_undo_set_off()

    def _on_mobile_arrive(self, order, payload, moment):
        self._note_position(payload)
        promises = self.order_ids._get_running_clocks()
        self._set_state('on_site', moment)
        promises._date_back(moment)

    def _on_mobile_miss(self, order, payload, moment):
        reasons = self._fields['missed_reason'].get_values(self.env)
        if payload.get('reason') not in reasons:
            raise UserError(self.env._("Give the reason for the failed visit first."))
        self.write({
            'missed_reason': payload['reason'],
            'missed_note': self._read_text(payload, 'note'),
        })
        self._set_state('missed', moment)

    def _note_position(self, payload):
        """Keep where the technician is, only where that is wanted and agreed."""
        if not self._is_position_wanted():
            return
        latitude, longitude = payload.get('latitude'), payload.get('longitude')
        if all(isinstance(value, (int, float)) and math.isfinite(value)
               for value in (latitude, longitude)) and (
                   abs(latitude) <= 90 and abs(longitude) <= 180):
            self.write({'latitude': latitude, 'longitude': longitude})

    def _is_position_wanted(self):
        """Whether the company notes positions and, for an outlet's people, its contract too."""
        self.ensure_one()
        return self.company_id.aftersales_track_position and (
            not self.technician_id.share
            or all(order.outlet_id.is_position_agreed for order in self.order_ids))

    # === THE WORK === #

    def _on_mobile_serial(self, order, payload, moment):
        self._ensure_unit(order)
        serial = self._read_text(payload, 'serial', self.env._("The serial number is empty."))
        if '://' in serial:
            # the code of a warranty card or an advertisement; the unit would lose its card
            raise UserError(self.env._(
                "This code is an address, not a serial number: type the number on the unit."))
        order._note_serial(serial)

    def _on_mobile_photo(self, order, payload, moment):
        self._ensure_unit(order)
        content = self._read_photo(payload, 'image')
        local = fields.Datetime.context_timestamp(self, moment)
        self.env['ir.attachment'].create({
            'name': f'{order.name} {local:%Y-%m-%d %H.%M.%S}.jpg'.replace('/', '-'),
            'res_model': order._name,
            'res_id': order.id,
            'company_id': order.company_id.id,
            'raw': content,
        })

    def _on_mobile_check(self, order, payload, moment):
        self._ensure_unit(order)
        line = order.checklist_ids.filtered(lambda line: line.id == payload.get('check_id'))
        if not line or payload.get('result') not in [result for result, __ in RESULTS]:
            raise UserError(self.env._("This check does not exist; load the jobs again."))
        vals = {
            'result': payload['result'],
            'note': self._read_text(payload, 'note'),
        }
        if payload.get('image'):
            vals['photo'] = self._encode(self._read_photo(payload, 'image'))
        line.write(vals)
        # the right to answer was checked by the write; the phone says when it was
        line.sudo().date_answered = moment

    def _on_mobile_part(self, order, payload, moment):
        self._ensure_unit(order)
        if not order.has_repair:
            raise UserError(self.env._(
                "Orders of this type use no parts: ask the desk to change the type."))
        quantity = payload.get('quantity')
        if type(quantity) not in (int, float) or not 0 < quantity < 10_000:
            raise UserError(self.env._(
                "The quantity of a part must be positive: enter 1 or more."))
        product = self._find_part(order, payload)
        is_numbered = product.tracking == 'serial'
        lot = self._find_part_number(product, payload) if is_numbered else None
        if is_numbered and not lot:
            raise UserError(self.env._(
                "%(part)s has serial numbers: scan the number on the one that is fitted.",
                part=product.display_name))
        part = self.env['stock.move'].create({
            'aftersales_order_id': order.id,
            'company_id': order.company_id.id,
            'repair_line_type': 'add',
            'product_id': product.id,
            'product_uom_qty': 1.0 if lot else quantity,
        })
        if lot:
            part.lot_ids = [fields.Command.set(lot.ids)]

    def _on_mobile_part_off(self, order, payload, moment):
        """Take a part back that was noted by mistake, while nothing was booked yet."""
        self._ensure_unit(order)
        part = order.part_ids.filtered(lambda move: move.id == payload.get('move_id'))
        if not part._can_be_removed():
            raise UserError(self.env._("This part is booked already; the desk can correct it."))
        part._action_cancel()

    def _find_part(self, order, payload):
        """Return the part that was chosen, or whose barcode or reference was scanned.

        Hook: called by the phone action *part*, as superuser in the name of the technician, for
        one visit and the order that gets the part, before the part line is made. Extend it where
        another code names a part: change ``payload['code']`` and call ``super()``.

        :raise UserError: no part has this code
        """
        products = self.env['product.product']
        if payload.get('product_id'):
            product_id = self._read_record_id(payload, 'product_id')
            part = products.search(
                [('id', '=', product_id), *products._get_goods_domain(self.company_id)])
            return part or products._find_scanned(read_words(payload.get('code')), self.company_id)
        code = self._read_text(payload, 'code', self.env._("Scan or type the part's code."))
        return products._find_scanned(code, self.company_id)

    def _find_part_number(self, product, payload):
        """Return the serial number that was scanned on a part, of ``product`` if it is known."""
        return product._find_scanned_number(read_words(payload.get('code')), self.company_id)

    # === THE END === #

    def _on_mobile_report(self, order, payload, moment):
        self._ensure_unit(order)
        vals = {
            'diagnosis': self._read_text(payload, 'diagnosis'),
            'solution': self._read_text(
                payload, 'solution', self.env._("Write what was done.")),
        }
        if payload.get('test_result') in order._fields['test_result'].get_values(self.env):
            vals |= {'test_result': payload['test_result'],
                     'test_note': self._read_text(payload, 'test_note')}
        vals |= {name: self._read_text(payload, name) for name in REMARKS if name in payload}
        vals |= {name: self._read_code(order, payload, name) for name in CODES if name in payload}
        order.write(vals)

    def _read_code(self, order, payload, name):
        """Return the id of the diagnosis code that was chosen, ``False`` for none."""
        code_id = self._read_record_id(payload, name)
        code = self.env['aftersales.diagnosis.code'].search([
            *order._get_code_domain(name), ('id', '=', code_id)]) if code_id else None
        if code_id and not (
                code and (not code.categ_id or code.categ_id.id in order._get_categ_ids())):
            raise UserError(self.env._(
                "This code is not offered for the product any more: load the jobs again and "
                "choose another one."))
        return bool(code) and code.id

    def _on_mobile_sign(self, order, payload, moment):
        """Take the customer's signature, or a photo and why they do not sign."""
        self._ensure_unit(order)
        order._ensure_unsigned()
        if payload.get('image'):
            order.write({
                'signature': self._encode(self._read_signature(payload, 'image')),
                'signed_by': self._read_text(payload, 'signed_by') or order.partner_id.name,
                'refusal_reason': False,
            })
            return
        order.write({
            'refusal_reason': self._read_text(payload, 'refusal_reason', self.env._(
                "The customer must sign, or the reason for not signing be given.")),
            'refusal_photo': self._encode(self._read_photo(payload, 'photo')),
        })
        return

    def _on_mobile_take_along(self, order, payload, moment):
        self._ensure_unit(order)
        order.handover_signature = self._encode(self._read_signature(payload, 'image'))
        order.action_take_to_shop()

    def _on_mobile_again(self, order, payload, moment):
        self._ensure_unit(order)
        note = self._read_text(
            payload, 'note', self.env._("Say why another visit is needed."))
        order.message_post(body=note, subtype_xmlid='mail.mt_note')
        order.action_plan_again()

    def _on_mobile_complete(self, order, payload, moment):
        self._ensure_unit(order)
        promises = order._get_running_clocks()
        order.action_done()
        promises._date_back(moment)

    def _encode(self, content):
        return base64.b64encode(content)
