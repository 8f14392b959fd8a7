from markupsafe import escape

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime, format_list


class AftersalesVisit(models.Model):
    """What the phone shows of a delivery: the call, stairs, old product, damage."""

    _inherit = 'aftersales.visit'

    def _prepare_mobile_job(self):
        people = self._get_people()
        return super()._prepare_mobile_job() | {
            'people': format_list(self.env, people.mapped('name')) if len(people) > 1 else "",
            'call_result': self.call_result or "",
            'call_wish': self._format_wish(),
            'promised': self._get_promised_label(),
        }

    def _format_wish(self):
        """Return when the customer wants the visit instead, as the technician reads it."""
        wanted = self.call_result == 'moved' and self.order_ids[:1].date_wanted
        return format_datetime(self.env, wanted, dt_format='short') if wanted else ""

    def _get_promised_label(self):
        """Return the time slot that was promised to the customer, in the words of the promise."""
        return self.order_ids.slot_id[:1].name or ""

    @api.model
    def _get_missed_reasons(self):
        # the words are the same for everybody who goes on trips
        reasons = self.env['aftersales.missed.reason'].sudo().search(
            [('company_id', 'in', [False, *self.env.companies.ids])])
        return [(reason.id, reason.name) for reason in reasons] or (
            super()._get_missed_reasons())

    def _on_mobile_call(self, order, payload, moment):
        self._note_call(moment)
        return super()._on_mobile_call(order, payload, moment)

    def _on_mobile_call_result(self, order, payload, moment):
        if payload.get('result') not in self._fields['call_result'].get_values(self.env):
            raise UserError(self.env._(
                "The result of the call is missing: choose what the customer said."))
        wish = self._read_wish(payload) if payload['result'] == 'moved' else None
        self._note_call(self.date_called or moment, payload['result'])
        if wish:
            self._ask_for_another_time(*wish)

    def _read_wish(self, payload):
        """Return the time that the customer wants, if it is known, and the customer's words."""
        note = self._read_text(payload, 'note')
        try:
            moment = fields.Datetime.to_datetime(payload.get('wish') or False)
        except (TypeError, ValueError):
            moment = False
        if not moment and not note:
            raise UserError(self.env._(
                "Ask the customer for another time, and note the time or what was said."))
        if moment and moment < fields.Datetime.now():
            raise UserError(self.env._(
                "The time that the customer wants lies in the past: choose a time from now on."))
        return moment, note

    def _ask_for_another_time(self, moment, note):
        """Let the desk know when the customer wants the visit; the desk plans it."""
        self.ensure_one()
        orders = self.order_ids
        if moment:
            orders.date_wanted = moment
        order = orders[:1]
        user = order._get_follow_up_user()
        order = order.with_context(lang=user.lang)
        wish = order._format_for_customer(moment) if moment else ""
        order.activity_schedule(
            'mail.mail_activity_data_todo', user_id=user.id,
            summary=order.env._("Plan another time for the customer"),
            note=escape(" · ".join(filter(None, [wish, note]))))

    def _on_mobile_miss(self, order, payload, moment):
        """Take one of the firm's reasons, or a kind from a phone with an older page."""
        if not isinstance(payload.get('reason'), int):
            return super()._on_mobile_miss(order, payload, moment)
        reason = self.env['aftersales.missed.reason'].search(
            [('id', '=', self._read_record_id(payload, 'reason')),
             ('company_id', 'in', [False, self.company_id.id])])
        self.missed_reason_id = reason
        return super()._on_mobile_miss(order, payload | {'reason': reason.kind}, moment)

    def _on_mobile_delivery(self, order, payload, moment):
        self._ensure_unit(order)
        floor = payload.get('floor')
        if type(floor) is not int or not -9 <= floor <= 200:
            raise UserError(self.env._("The floor must be a number such as 5 or -1."))
        order.write({
            'floor': floor,
            **{name: bool(payload.get(name))
               for name in ('has_lift', 'use_explained', 'is_old_taken')},
            **{name: self._read_text(payload, name)
               for name in ('old_product', 'old_serial', 'old_condition')},
        })

    def _on_mobile_damage(self, order, payload, moment):
        """Report damage with its photo in the technician's name."""
        self._ensure_unit(order)
        content = self._read_photo(payload, 'image')
        kinds = self.env['aftersales.delivery.damage']._fields['kind'].get_values(self.env)
        kind = payload.get('kind')
        damage = self.env['aftersales.delivery.damage'].create({
            'order_id': order.id,
            'user_id': self.env.uid,
            'date_found': moment,
            # a phone with an older page names none
            **({'kind': kind} if kind in kinds else {}),
            'description': self._read_text(
                payload, 'description', self.env._("Say what is damaged.")),
            'is_on_slip': bool(payload.get('is_on_slip')),
        })
        damage._add_photo(f'{damage.name}.jpg'.replace('/', '-'), content)
        damage.action_report()
