from odoo import fields, models


class AftersalesOrder(models.Model):
    """The appraisal sheets of an order."""

    _inherit = 'aftersales.order'

    has_appraisal = fields.Boolean(
        string="Appraised", readonly=True, copy=False, protected=True)
    appraisal_ids = fields.One2many('aftersales.appraisal', 'order_id', string="Appraisals")

    def action_view_appraisals(self):
        """Show the appraisal sheets of these orders; a new one belongs to the order."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_appraisal_action')
        action.update(
            domain=[('order_id', 'in', self.ids)],
            context={'default_order_id': self.id if len(self) == 1 else False})
        if not self.env['aftersales.appraisal'].search_count(action['domain'], limit=1):
            action.update(views=[(False, 'form')])
        return action

    def _get_page_documents(self):
        """Add the sheets that were issued to the customer."""
        papers = super()._get_page_documents()
        # the portal checked access to the order
        for sheet in self.sudo().appraisal_ids:
            if sheet.state == 'issued' and (
                    sheet.partner_id.commercial_partner_id == self.commercial_partner_id):
                papers[f'appraisal_{sheet.id}'] = (
                    self.env._("Fault Appraisal Sheet"),
                    'aftersales_service.action_report_appraisal', sheet)
        return papers
