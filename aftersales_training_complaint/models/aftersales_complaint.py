from odoo import fields, models

from odoo.addons.aftersales_complaint.models.roles import DESK, TEAM_LEAD
from odoo.addons.aftersales_training.models.aftersales_training_need import READERS


class AftersalesComplaint(models.Model):
    """A founded complaint says who should learn what."""

    _inherit = 'aftersales.complaint'

    training_need_count = fields.Integer(
        string="Training Needs", compute='_compute_training_need_count', groups=READERS)

    def _compute_training_need_count(self):
        counts = dict(self.env['aftersales.training.need.evidence']._read_group(
            [('res_model', '=', self._name), ('res_id', 'in', self.ids)],
            ['res_id'], ['__count']))
        for case in self:
            case.training_need_count = counts.get(case.id, 0)

    def action_view_training_needs(self):
        """Show the needs that these complaints have shown."""
        return self.env['aftersales.training.need'].search([
            ('evidence_ids', 'any', [
                ('res_model', '=', self._name), ('res_id', 'in', self.ids)])
        ])._get_records_action(name=self.env._("Training Needs"))

    def action_request_training(self):
        """Ask who has to learn what because of this complaint."""
        self.ensure_one()
        return self.env['aftersales.training.request']._open_for(
            self, self.sudo().order_id.technician_id,
            self.sudo().category_id._get_training_course())

    def _on_judged(self):
        """Propose the course of the category to the technician who is complained of."""
        result = super()._on_judged()
        # the right to judge was checked by _judge; who the technician is stands in the order
        proposals = [
            {'user_id': case.order_id.technician_id.id, 'course_id': course.id,
             'company_id': case.company_id.id, 'origin': 'complaint',
             'res_model': case._name, 'res_id': case.id}
            for case in self.sudo()
            if case.order_id.technician_id
            and (course := case.category_id._get_training_course())]
        self.env['aftersales.training.need']._propose(proposals)
        return result

    def _may_request_training(self):
        """Return whether the user may say that somebody has to learn because of these."""
        return self.env.user.has_groups(f'{DESK},{TEAM_LEAD}') and self.has_access('write')
