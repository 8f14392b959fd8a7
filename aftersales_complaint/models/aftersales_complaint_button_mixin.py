from odoo import fields, models


class AftersalesComplaintButtonMixin(models.AbstractModel):
    """A record that shows how many complaints name it, and opens one of it.

    ``_complaint_link`` is the field by which complaints name it.
    """

    _name = 'aftersales.complaint.button.mixin'
    _description = "Smart Button of Complaints"
    _complaint_link = None

    complaint_count = fields.Integer(
        string="Complaints", compute='_compute_complaint_count',
        groups='aftersales_service.group_aftersales_agent')

    def _compute_complaint_count(self):
        counts = dict(self.env['aftersales.complaint']._read_group(
            [(self._complaint_link, 'in', self.ids)], [self._complaint_link], ['__count']))
        for record in self:
            record.complaint_count = counts.get(record._origin, 0)

    def action_view_complaints(self):
        """Show the complaints of these records, or the form of a new one."""
        self.check_access('read')
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_complaint.aftersales_complaint_action')
        action.update(
            domain=[(self._complaint_link, 'in', self.ids)],
            context={f'default_{self._complaint_link}': self.id if len(self) == 1 else False})
        if not self.env['aftersales.complaint'].search_count(action['domain'], limit=1):
            action.update(view_mode='form', views=[(False, 'form')])
        return action
