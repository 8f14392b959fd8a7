from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.http import request, route

from .documents import DocumentPortal
from .form import create_form_key, is_id, read_answers, send_once, take_photo_refusals

# how long a number that was proved counts on this browser
PROOF_HOURS = 12


class GuestPortal(DocumentPortal):
    """The pages behind the code on a unit for visitors without a login.

    The printed key opens them; a number is proved by a code that is sent to it.
    """

    @route('/my/warranty/<int:warranty_id>/guest', type='http', auth='public', website=True,
           methods=['GET'])
    def portal_guest(self, warranty_id, key=None, **kwargs):
        return self._render_guest(self._get_scanned_card(warranty_id, key), key)

    @route('/my/warranty/<int:warranty_id>/guest/<string:action>', type='http', auth='public',
           website=True, methods=['POST'])
    def portal_guest_act(self, warranty_id, action, key=None, **form):
        """Do what a form of the page asks for; a refusal is shown on it, with what was typed."""
        card_sudo = self._get_scanned_card(warranty_id, key)
        act = {'code': self._send_code, 'verify': self._verify, 'activate': self._activate,
               'request': self._ask}.get(action)
        if act is None:
            raise request.not_found()
        try:
            with request.env.cr.savepoint():
                return act(card_sudo, key, form)
        except UserError as refusal:
            return self._render_guest(card_sudo, key, values=form, error=refusal.args[0])

    # === WHAT THEY DO === #

    def _send_code(self, card_sudo, key, form):
        phone = card_sudo._send_guest_code(read_answers(form).get('phone'))
        self._note_guest(card_sudo, phone=phone, proved=False)
        return self._go_back(card_sudo, key)

    def _verify(self, card_sudo, key, form):
        guest = self._get_guest(card_sudo)
        # the guess is kept, whatever becomes of the request
        refusal = card_sudo._check_guest_code(
            guest.get('phone', ''), read_answers(form).get('code'))
        if refusal:
            return self._render_guest(card_sudo, key, values=form, error=refusal)
        self._note_guest(card_sudo, phone=guest['phone'], proved=True)
        return self._go_back(card_sudo, key)

    def _activate(self, card_sudo, key, form):
        card_sudo._activate_as_guest(
            self._get_proved_phone(card_sudo) or '', read_answers(form).get('name'))
        return self._go_back(card_sudo, key, '&notice=activated')

    def _ask(self, card_sudo, key, form):
        phone = self._get_proved_phone(card_sudo)
        order_sudo = send_once(form, lambda answers, photos: card_sudo._ask_as_guest(
            answers, photos, phone)).sudo()
        if phone and order_sudo.partner_id.phone_sanitized == phone:
            # the customer's own order: the number is theirs
            return request.redirect(order_sudo.get_portal_url())
        return self._render_guest(card_sudo, key, asked=order_sudo)

    # === WHO THEY ARE === #

    def _get_scanned_card(self, warranty_id, key):
        """Return the card whose printed key the visitor brings, as superuser, or 404."""
        card_sudo = request.env['aftersales.warranty'].sudo().browse(
            warranty_id if is_id(warranty_id) else ()).exists()
        if not card_sudo or not card_sudo._is_public_key(key):
            raise request.not_found()
        return card_sudo

    def _get_guest(self, card_sudo):
        """Return what this browser said and proved on the page of the card."""
        guest = request.session.get('aftersales_guest') or {}
        is_fresh = guest.get('card') == card_sudo.id and (
            guest.get('until', '') > fields.Datetime.to_string(fields.Datetime.now()))
        return guest if is_fresh else {}

    def _get_proved_phone(self, card_sudo):
        guest = self._get_guest(card_sudo)
        return guest.get('phone') if guest.get('proved') else None

    def _note_guest(self, card_sudo, **facts):
        until = fields.Datetime.now() + timedelta(hours=PROOF_HOURS)
        request.session['aftersales_guest'] = {
            'card': card_sudo.id, 'until': fields.Datetime.to_string(until), **facts}

    # === PAGES === #

    def _go_back(self, card_sudo, key, query=''):
        return request.redirect(f'/my/warranty/{card_sudo.id}/guest?key={key}{query}')

    def _render_guest(self, card_sudo, key, values=None, error=None, asked=None):
        guest = self._get_guest(card_sudo)
        phone = self._get_proved_phone(card_sudo)
        return request.render('aftersales_service.portal_guest', {
            **self._prepare_portal_layout_values(), 'page_name': 'guest', 'warranty': card_sudo,
            'key': key, 'values': values or {}, 'error': error, 'asked': asked, 'guest': guest,
            'phone': phone, 'can_prove': card_sudo._can_prove_phone(),
            'can_activate': bool(phone) and card_sudo._can_guest_activate(phone),
            'is_activated': request.params.get('notice') == 'activated',
            'limits': request.env['aftersales.order']._get_portal_limits(
                request.env['res.partner']),
            'form_key': create_form_key(), 'photo_refusals': take_photo_refusals()})
