from datetime import timedelta

from odoo import api, models
from odoo.tools import consteq
from odoo.tools.misc import hmac

from odoo.addons.aftersales_service.tools.qr import qr_png

FEEDBACK_DAYS = 60  # after the work, a printed report may be answered
_SCOPE = 'aftersales-survey-feedback'
_LENGTH = 40  # hexadecimal digits of the signature: 160 bits


class AftersalesOrder(models.Model):
    """The questionnaire on the printed service report."""

    _inherit = 'aftersales.order'

    def _get_feedback_key(self):
        """Return the key that the report carries; another customer's report has another one."""
        self.ensure_one()
        # the secret of the database signs, and is shown to no one
        signature = hmac(
            self.env(su=True), _SCOPE, (self.id, self.company_id.id, self.partner_id.id))
        return f'o{self.id}-{signature[:_LENGTH]}'

    @api.model
    def _find_by_feedback_key(self, key):
        """Return the order whose report carries ``key``, as superuser; none for another key."""
        orders = self.sudo()
        number, dash, __ = key[1:].partition('-')
        if not (key.startswith('o') and dash and number.isdecimal() and len(number) < 10):
            return orders
        order = orders.with_context(active_test=False).browse(int(number)).exists()
        return order if order and consteq(order._get_feedback_key(), key) else orders

    def _get_feedback_survey(self):
        """Return what the customer of a finished order is asked; the company's own first.

        Hook: called by the printed service report and the page behind its code, as any user,
        for one order; the questionnaire is returned as superuser, an empty one prints no code.
        Raises nothing.
        """
        self.ensure_one()
        # customers read no questionnaires; this one is asked of them
        surveys = self.env['survey.survey'].sudo()
        return surveys if not self.date_done else surveys.search(
            [('survey_type', '=', 'aftersales'), ('aftersales_purpose', '=', 'after_repair'),
             ('company_id', 'in', (False, self.company_id.id))],
            order='company_id, id', limit=1)

    def _get_feedback_qr(self):
        """Return the QR code of the questionnaire for the report.

        None where there is nothing to ask, or the customer wants no surveys.
        """
        # who prints the report need not read the customer
        firm = self.sudo().partner_id.commercial_partner_id
        if firm.aftersales_survey_opt_out or not self._get_feedback_survey():
            return None
        return qr_png(f'{self.get_base_url()}/feedback/{self._get_feedback_key()}')

    def _prepare_feedback_vals(self, survey):
        """Return the values of the answers that are given by the key of the report."""
        self.ensure_one()
        return {
            'survey_id': survey.id, 'aftersales_order_id': self.id, 'is_from_report': True,
            'company_id': self.company_id.id, 'partner_id': self.partner_id.id,
            'aftersales_outlet_id': self.outlet_id.id,
            'aftersales_technician_id': self.technician_id.id,
            'aftersales_product_id': self.product_id.id,
            'aftersales_region_id': self.partner_id.state_id.id,
            'deadline': self.date_done + timedelta(days=FEEDBACK_DAYS)}
