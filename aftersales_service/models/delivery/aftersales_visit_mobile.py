from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_list


class AftersalesVisit(models.Model):
    """What the phone shows of a delivery: the call, stairs, old product, damage."""

    _inherit = 'aftersales.visit'

    def _prepare_mobile_job(self):
        people = self._get_people()
        return super()._prepare_mobile_job() | {
            'people': format_list(self.env, people.mapped('name')) if len(people) > 1 else "",
            'call_result': self.call_result or "",
            'promised': self._get_promised_label(),
        }

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
        self._note_call(self.date_called or moment, payload['result'])

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
