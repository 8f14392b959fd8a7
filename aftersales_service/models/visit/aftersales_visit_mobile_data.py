from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import MissingError
from odoo.fields import Domain
from odoo.tools import format_date, format_time

from .aftersales_visit import OPEN_STATES

# how many used parts are looked at to suggest some for a product
PARTS_HISTORY = 200
PART_SUGGESTIONS = 20
# how many earlier orders of a unit the phone shows
HISTORY = 3


class AftersalesVisit(models.Model):
    """A visit as the technician's phone shows it: a job of today.

    Outlet technicians are portal users who may not read these models; whatever leaves
    here was asked for by the technician whom the visit names.
    """

    _inherit = 'aftersales.visit'

    def _get_people(self):
        """Return who goes on these trips."""
        return self.technician_id

    @api.model
    def _get_own_domain(self):
        """Return the visits on which the current user goes."""
        return Domain('technician_id', '=', self.env.uid)

    def _check_is_technician(self):
        """Refuse whoever does not go on these visits, without a hint.

        A visit of somebody else and none at all get the same sentence.
        """
        visits = self.sudo().exists()
        if not visits or visits != self.sudo() or any(
                self.env.user not in visit._get_people() for visit in visits):
            raise MissingError(self.env._("This job does not exist or is no longer yours."))

    @api.model
    def _get_mobile_domain(self):
        """Return the open visits up to tonight and all of today, for the current user."""
        zone = ZoneInfo(self.env.user.tz or 'UTC')
        today = fields.Datetime.now().replace(tzinfo=timezone.utc).astimezone(zone).date()
        midnight, next_midnight = (
            datetime.combine(day, time(), zone).astimezone(timezone.utc).replace(tzinfo=None)
            for day in (today, today + timedelta(days=1)))
        return (
            self._get_own_domain()
            & Domain('date_start', '<', next_midnight)
            & (Domain('state', 'in', OPEN_STATES) | Domain('date_start', '>=', midnight)))

    @api.model
    def _get_mobile_jobs(self):
        """Return what the phone keeps for a day without network: today's jobs, in order."""
        # the domain names the current user as the technician
        visits = self.sudo().search(self._get_mobile_domain(), order='date_start, id')
        shared = visits.order_ids._get_mobile_context()
        return [
            visit._prepare_mobile_job() | {'orders': [
                order._prepare_mobile_order(shared)
                for order in visit.order_ids]}
            for visit in visits]

    @api.model
    def _get_missed_reasons(self):
        """Return the reasons for a trip in vain that the phone offers: ``[(key, label)]``."""
        return self._fields['missed_reason']._description_selection(self.env)

    def _prepare_mobile_job(self):
        """Hook: return the trip itself: when, where and whom to call.

        Called by ``/my/jobs/data`` as superuser, for one visit that names the user as one
        of its people. Modules add keys to ``super()``; all texts leave for the phone.
        """
        self.ensure_one()
        now = fields.Datetime.now()
        first = self.order_ids[:1]
        return {
            'id': self.id,
            'state': self.state,
            'time': format_time(self.env, self.date_start, time_format='short'),
            'time_end': format_time(self.env, self.date_stop, time_format='short'),
            'day': format_date(self.env, fields.Datetime.context_timestamp(
                self, self.date_start).date()),
            'is_late': self.state == 'planned' and self.date_start < now,
            'is_called': bool(self.date_called),
            'is_second_visit': self.is_second_visit,
            'customer': self.partner_id.name or "",
            # whoever is at home is the one to call, and to ask for
            'contact': first.user_name or "",
            'phone': first.user_phone or self.phone or "",
            'address': self._format_address(self.site_id),
            'wants_position': self._is_position_wanted(),
        }


class AftersalesOrder(models.Model):
    """An order as the technician's phone shows it: one unit of a job."""

    _inherit = 'aftersales.order'

    def _get_mobile_context(self):
        """Hook: return what is read once for all units of all jobs, by name.

        Called by ``/my/jobs/data`` as superuser, for all orders of the user's visits of
        today: what ``_prepare_mobile_order`` would otherwise read one by one.
        """
        return {
            'photo_counts': self._get_photo_counts(),
            'parts': self._get_part_suggestions(),
            'history': self._get_unit_history(),
        }

    def _prepare_mobile_order(self, shared):
        """Hook: return one unit with everything the technician reads and fills in.

        Called by ``/my/jobs/data`` as superuser, for one order of a visit of the user.

        :param shared: what ``_get_mobile_context`` read
        """
        self.ensure_one()
        history = shared['history'].get(self.warranty_id, self.browse())
        states = dict(self._fields['state']._description_selection(self.env))
        charges = dict(self._fields['charge_kind']._description_selection(self.env))
        return {
            'id': self.id,
            'name': self.name,
            'type': self.type_id.name,
            'state': self.state,
            'state_label': states[self.state],
            'severity': self.severity,
            'product': self.product_id.display_name or "",
            'serial': self.serial or "",
            'description': self.description or "",
            'cover': self.cover_note or "",
            'is_covered': self.cover_state == 'covered',
            'diagnosis': self.diagnosis or "",
            'solution': self.solution or "",
            'has_repair': self.has_repair,
            'has_workshop': 'taken_to_shop' in self.type_id._get_steps(),
            'needs_acceptance': self.type_id.needs_acceptance,
            'is_signed': self._is_accepted(),
            'can_send_code': self.env['aftersales.notifier']._is_told('completion_code'),
            'photo_count': shared['photo_counts'].get(self.id, 0),
            'test_result': self.test_result or "",
            'test_note': self.test_note or "",
            'charge': charges.get(self.charge_kind, ""),
            'history': [past._prepare_mobile_history() for past in history - self][:HISTORY],
            'parts': [
                move._prepare_mobile_part() for move in self.part_ids if move.state != 'cancel'],
            'part_choices': shared['parts'].get(self.product_id, []),
            'checks': [line._prepare_mobile_check() for line in self.checklist_ids],
        }

    def _prepare_mobile_history(self):
        """Return what was done on the unit before, without names of people."""
        self.ensure_one()
        return {
            'day': format_date(self.env, self.date_done),
            'diagnosis': self.diagnosis or "",
            'solution': self.solution or "",
        }

    def _get_unit_history(self):
        """Return the finished orders of the units' cards, newest first, by card."""
        finished = self.search(
            [('warranty_id', 'in', self.warranty_id.ids), ('date_done', '!=', False)],
            order='date_done desc')
        return finished.grouped('warranty_id')

    def _get_photo_counts(self):
        """Return the number of the technicians' photos by order id; customers send some, too."""
        people = self.technician_id | self.visit_ids._get_people()
        return dict(self.env['ir.attachment']._read_group(
            [('res_model', '=', self._name), ('res_id', 'in', self.ids),
             ('create_uid', 'in', people.ids), ('mimetype', '=like', 'image/%')],
            ['res_id'], ['__count']))

    def _get_part_suggestions(self):
        """Return parts worth offering, by the unit's product: used ones, then its main parts."""
        moves = self.env['stock.move'].search(
            [('aftersales_order_id.product_id', 'in', self.product_id.ids),
             ('repair_line_type', '=', 'add'), ('state', '!=', 'cancel')],
            order='id desc', limit=PARTS_HISTORY)
        used = moves.grouped(lambda move: move.aftersales_order_id.product_id)
        return {
            product: [
                {'id': part.id, 'name': part.display_name}
                for part in (
                    used.get(product, moves.browse()).product_id
                    | orders.warranty_id.policy_id.term_ids.main_part_ids.product_tmpl_ids
                    .product_variant_ids)[:PART_SUGGESTIONS]]
            for product, orders in self.grouped('product_id').items() if product}


class AftersalesChecklistLine(models.Model):
    """A check as the technician's phone shows it."""

    _inherit = 'aftersales.checklist.line'

    def _prepare_mobile_check(self):
        self.ensure_one()
        return {
            'id': self.id,
            'phase': self.phase,
            'name': self.name,
            'is_mandatory': self.is_mandatory,
            'needs_photo': self.needs_photo,
            'result': self.result or "",
            'note': self.note or "",
            'has_photo': bool(self.photo),
        }


class StockMove(models.Model):
    """A used part as the technician's phone shows it."""

    _inherit = 'stock.move'

    def _can_be_removed(self):
        """Whether this is one part that was noted, but neither booked nor quoted."""
        return len(self) == 1 and self.state == 'draft' and not self.sale_line_id

    def _prepare_mobile_part(self):
        self.ensure_one()
        return {
            'id': self.id,
            'name': self.product_id.display_name,
            'quantity': self.product_uom_qty,
            'cover': self.aftersales_cover_reason or "",
            'available': self.aftersales_available if self.product_id.is_storable else None,
            'can_be_removed': self._can_be_removed(),
        }
