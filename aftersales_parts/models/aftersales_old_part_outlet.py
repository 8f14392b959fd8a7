from base64 import b64decode
from binascii import Error as Base64Error

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.aftersales_service.tools.qr import qr_png


class AftersalesOldPart(models.Model):
    """Old parts on the pages of outlets and technicians, who have no stock rights."""

    _inherit = 'aftersales.old.part'

    @api.model
    def _get_holder_domain(self):
        """Return the domain of the old parts that the current user must bring back."""
        user = self.env.user
        return Domain('outlet_id', 'in', user._get_served_outlet_ids()) | (
            Domain('outlet_id', '=', False) & Domain('technician_id', '=', user.id))

    @api.model
    def _search_for_holder(self):
        """Return the old parts that the user still has, as superuser, the most urgent first."""
        # only what the user must bring back
        return self.sudo().search(self._get_holder_domain() & Domain('state', '=', 'due'))

    @api.model
    def _search_for_phone(self):
        """Return the old parts that the user took off; a manager's are all of the outlet."""
        user = self.env.user

        def is_own(part):
            managers = (part.outlet_id | part.outlet_id.parent_id).manager_id
            return not managers or user in managers or part.technician_id in (user, user.browse())

        return self._search_for_holder().filtered(is_own)

    @api.model
    def _browse_for_holder(self, ids):
        """Return old parts of the user as superuser, or refuse.

        :raise AccessError: one of them is not the user's; the same answer as for none
        """
        # only what the user must bring back; everything else is refused below
        parts = self.sudo().search(self._get_holder_domain() & Domain('id', 'in', ids))
        if set(parts.ids) != set(ids):
            raise AccessError(self.env._("This is no old part that you must return."))
        return parts

    @api.model
    def _pack_for_holder(self, ids, carrier=None, waybill=None):
        """Pack old parts of the user's outlet, send the box off and return it as superuser.

        :raise AccessError: one of them is not the user's
        :raise UserError: nothing was chosen, or a part is on its way already
        """
        parts = self._browse_for_holder(ids)
        if not parts:
            raise UserError(self.env._("Choose the old parts that you put into the box."))
        boxes = self.env['aftersales.old.part.box'].sudo()._pack(parts)
        # the old parts are the user's, as checked; the box follows from them
        boxes = boxes.sudo()
        for box in boxes:
            box.write({'carrier': carrier or box.carrier,
                       'tracking_number': waybill or box.tracking_number})
        boxes._set_state('sent')
        return boxes

    @api.model
    def _destroy_for_holder(self, part_id, photos):
        """Note that the user's outlet destroyed a cheap old part on site, with its photo.

        :raise AccessError: it is not the user's
        :raise UserError: the part must come back, or there is no photo
        """
        part = self._browse_for_holder([part_id])
        part._ensure_destructible()
        if not photos:
            raise UserError(self.env._(
                "Attach a photo on which one sees that the part was destroyed."))
        for name, content in photos:
            part._add_photo(name, content)
        part.disposal = 'local'
        part._set_state('received')

    def _ensure_destructible(self):
        """Refuse to destroy on site what is hazardous, or worth to be checked at the bench."""
        self._refuse_where(
            'is_hazardous', self.env._(
                "Batteries, boards and oil are never destroyed on site; send these old parts to "
                "the bench, which gives them to a licensed recycler"))
        self._refuse_where(
            lambda part: not part._may_destroy(), self.env._(
                "These old parts are too valuable to be destroyed on site; send them in"))

    def _may_destroy(self):
        self.ensure_one()
        return not self.is_hazardous and (
            self.unit_value < self.company_id.aftersales_old_part_local_value)

    def _prepare_mobile_data(self):
        """Return what the phone shows of one old part that its user must bring back."""
        self.ensure_one()
        return {
            'res_model': self._name, 'res_id': self.id, 'name': self.name,
            'technician': self.technician_id.name or "" if self.technician_id != self.env.user
            else "",
            'part': self.product_id.display_name, 'order': self.order_id.name,
            'days_left': self._get_days_left(), 'is_urgent': self._is_due_soon(),
            'is_hazardous': self.is_hazardous}

    # === BENCH === #

    def _get_qr_image(self):
        """Return the code on the tag, which the bench scans: its number alone."""
        self.ensure_one()
        return qr_png(self.name)

    def _add_photo_of(self, filename, content):
        try:
            data = b64decode(content or '', validate=True)
        except (Base64Error, TypeError, ValueError):
            data = b''
        if not data:
            raise UserError(self.env._("This photo cannot be read: take another one."))
        self._add_photo(str(filename or self.name)[:80], data)

    def _prepare_bench_data(self):
        """Return what the bench shows of one old part."""
        self.ensure_one()
        order = self.order_id.sudo()  # which fault the part comes from is shown with its tag
        return {
            'id': self.id, 'tag': self.name, 'part': self.product_id.display_name,
            'order': order.name, 'machine': order.product_id.display_name or '',
            'fault': order.diagnosis or order.description or '',
            'serial_expected': self.serial_expected or '', 'serial': self.serial or '',
            'is_scanned': self.state not in ('due', 'boxed') and self.verdict != 'missing',
            'verdict': self.verdict or '',
            'is_check_required': self.is_check_required, 'is_hazardous': self.is_hazardous,
            'note': self.note or '', 'photos': self.photo_ids.ids}
