from odoo import fields, models


def _end_waves(waves):
    """Keep who was asked about complaints, and what came back, when this module goes.

    Waves that were launched end and stay, as waves of orders; what was not launched goes.
    """
    waves = waves.sudo()
    launched = waves.filtered('date_launched')
    (waves - launched).unlink()
    launched.filtered(lambda wave: wave.state == 'running')._set_state('closed')
    launched.write({'population': 'aftersales.order', 'domain': '[]', 'event': 'order_done'})


class AftersalesSurveyWave(models.Model):
    """Waves that ask customers how their complaint was handled."""

    _inherit = 'aftersales.survey.wave'

    population = fields.Selection(
        selection_add=[('aftersales.complaint', "Customers of Complaints")],
        ondelete={'aftersales.complaint': _end_waves})
    event = fields.Selection(
        selection_add=[('complaint_settled', "Complaint Closed with Customer")])
