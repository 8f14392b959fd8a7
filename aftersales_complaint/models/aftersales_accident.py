from odoo import fields, models


class AftersalesAccident(models.Model):
    """An accident of a customer is followed by a complaint: the report itself settles nothing."""

    _inherit = 'aftersales.accident'

    complaint_ids = fields.One2many('aftersales.complaint', 'accident_id', string="Complaints")

    def _on_new_report(self):
        result = super()._on_new_report()
        # who may report an accident has it followed up; the desk reads the complaint
        self.env['aftersales.complaint'].sudo().create([
            accident._prepare_complaint_vals() for accident in self if accident.partner_id])
        return result

    def _prepare_complaint_vals(self):
        """Return the values of the complaint that follows from one report."""
        self.ensure_one()
        return {
            'accident_id': self.id, 'order_id': self.order_id.id, 'channel': 'accident',
            'company_id': self.company_id.id, 'partner_id': self.partner_id.id,
            'kind': 'safety', 'is_injury': bool(self.injured_count), 'user_id': False,
            'subject': self.env._("Accident: %(kind)s", kind=self._get_kind_label()),
            'description': self.description}
