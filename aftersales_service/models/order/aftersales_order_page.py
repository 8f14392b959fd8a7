from odoo import models

from ...tools.order_flow import MAIN_LINE

DONE_RANK = MAIN_LINE.index('done')
# three in a row, two rows
REPORT_PHOTOS = 6
PAGE_STATES = MAIN_LINE[:DONE_RANK + 1]


class AftersalesOrder(models.Model):
    """What the customer's page of an order shows beside its fields."""

    _inherit = 'aftersales.order'

    def _get_page_steps(self):
        """Return the way of the order in the customer's words, one dict a step.

        The desk's own steps after the work are not shown; the workshop appears only
        where the article went there.
        """
        self.ensure_one()
        if self.state in ('rejected', 'cancelled'):
            label = dict(self._fields['state']._description_selection(self.env))[self.state]
            return [
                self._prepare_page_step('registered', -1, self.date_event),
                {'name': label, 'is_past': True, 'is_current': True, 'date': self.date_closed,
                 'note': self.close_reason or ""}]
        rank = min(MAIN_LINE.index(self.state), DONE_RANK)
        was_in_shop = self.state == 'taken_to_shop' or self.date_received or (
            self.handover_signature)
        dates = self._get_page_dates()
        steps = set(self.type_id._get_steps()) | {self.state, 'done'}
        if not was_in_shop:
            steps.discard('taken_to_shop')
            if self.type_id.is_on_site:
                steps.discard('in_repair')
        if self.state == 'in_repair':
            steps.add('in_repair')
        return [
            self._prepare_page_step(state, rank, dates.get(state))
            for state in PAGE_STATES if state in steps]

    def _get_page_dates(self):
        """Return when each step was reached, by state, as far as it is known."""
        self.ensure_one()
        return {
            'registered': self.date_event, 'scheduled': self.date_planned,
            'taken_to_shop': self.date_received, 'done': self.date_done}

    def _get_page_status(self):
        """Return where the order stands in the customer's words, as their page does."""
        self.ensure_one()
        if self.state in ('rejected', 'cancelled'):
            return dict(self._fields['state']._description_selection(self.env))[self.state]
        rank = min(MAIN_LINE.index(self.state), DONE_RANK)
        return self._prepare_page_step(MAIN_LINE[rank], rank)['name']

    def _prepare_page_step(self, state, rank, date=None):
        own = MAIN_LINE.index(state)
        labels = {
            'registered': self.env._("Received"),
            'assessed': self.env._("Checked"),
            'scheduled': self.env._("Time agreed"),
            'dispatched': self.env._("Technician assigned"),
            'on_site': self.env._("Technician with you"),
            'taken_to_shop': self.env._("In our workshop"),
            'in_repair': self.env._("In repair"),
            'done': self.env._("Done"),
        }
        return {
            'name': labels[state],
            'is_past': own < rank or rank == DONE_RANK or rank < 0,
            'is_current': own == rank,
            # a planned time is shown beforehand, what happened only afterwards
            'date': date if own <= rank or rank < 0 or state == 'scheduled' else False,
            'note': "",
        }

    def _get_page_photos(self):
        """Return the photos that the customer may see: their own and those of the work.

        Photos of internal notes stay internal. Called for an order of this customer.
        """
        self.ensure_one()
        photos = self.env['ir.attachment'].search([
            ('res_model', '=', self._name), ('res_id', '=', self.id),
            ('mimetype', '=like', 'image/%')], order='id')
        if not photos:
            return photos
        notes = self.env['mail.message'].search([
            ('model', '=', self._name), ('res_id', '=', self.id),
            ('attachment_ids', 'in', photos.ids),
            '|', ('is_internal', '=', True), ('subtype_id.internal', '=', True)])
        return photos - notes.attachment_ids

    def _get_report_photos(self):
        """Return the photos of the work that the printed reports show, the first ones.

        What the customer sent, and what stands in internal notes, is not among them.
        """
        self.ensure_one()
        self.check_access('read')
        # who may read the order may print what was photographed there
        order = self.sudo()
        people = order._get_photographers()
        return order._get_page_photos().filtered(
            lambda photo: photo.create_uid in people)[:REPORT_PHOTOS]

    def _get_photographers(self):
        """Return whose photos show the work.

        Hook: called by ``_get_report_photos``, as superuser, for one order, when a report is
        printed. Extend it by ``super() | …``. Raises nothing.
        """
        self.ensure_one()
        return self.technician_id

    def _get_page_documents(self):
        """Return the papers that the customer may have: ``{key: (title, report, record)}``.

        Hook: called by the customer's page and by the route of its papers, as superuser after the
        check of the key or of the customer's access, for one order. Add only what this customer may
        read. Raises nothing.
        """
        self.ensure_one()
        prefix = 'aftersales_service.action_report_'
        papers = {'sheet': (self.env._("Service Sheet"), f'{prefix}service_order', self)}
        if self.handover_signature:
            papers['handover'] = (self.env._("Hand-over Slip"), f'{prefix}handover', self)
        if self.date_done and self.type_id.is_on_site:
            papers['report'] = (self.env._("Service Report"), f'{prefix}service_report', self)
        if self.date_done and self.type_id.is_repair:
            papers['repair'] = (self.env._("Repair Report"), f'{prefix}repair_report', self)
        card = self.warranty_id
        if card and card.partner_id.commercial_partner_id == self.commercial_partner_id:
            papers['card'] = (self.env._("Warranty Card"), f'{prefix}warranty_card', card)
        return papers

    def _is_awaited(self):
        """Whether the customer still waits for the work: they may ask again or call it off."""
        self.ensure_one()
        return not self.date_done and not self.date_closed

    def _can_customer_cancel(self):
        """Whether the customer may call the order off: until the technician or we have begun."""
        self.ensure_one()
        return self._is_awaited() and self.state not in ('on_site', 'taken_to_shop', 'in_repair')

    def _is_signable(self):
        """Whether the customer may sign now: what was done is reported, and not signed yet."""
        self.ensure_one()
        return not self.signature and not self.date_done and bool(self.solution) and (
            self.state in ('on_site', 'in_repair'))

    def _get_customer_link(self):
        """Return the address of the page with its token, in the customer's language."""
        self.ensure_one()
        languages = self.env['res.lang']
        code = self.partner_id.lang and languages._get_data(code=self.partner_id.lang).url_code
        prefix = f'/{code}' if code else ''
        return f'{self.get_base_url()}{prefix}{self.get_portal_url()}'
