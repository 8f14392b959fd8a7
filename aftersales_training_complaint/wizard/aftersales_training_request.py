from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from odoo.addons.aftersales_training.models.aftersales_training_need import PEOPLE


class AftersalesTrainingRequest(models.TransientModel):
    """Who has to learn what until when, because of a complaint or a corrective action."""

    _name = 'aftersales.training.request'
    _description = "Request a Training"
    _inherit = 'aftersales.link.access.mixin'

    complaint_id = fields.Many2one('aftersales.complaint', link_access='read')
    capa_id = fields.Many2one(
        'aftersales.capa', string="Corrective Action", link_access='read')
    learner_ids = fields.Many2many('res.users', string="People", required=True, domain=PEOPLE)
    course_id = fields.Many2one(
        'aftersales.training.course', string="Training Course", required=True)
    date_deadline = fields.Date(
        string="Needed until", required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=60))
    reason = fields.Char()

    def _open_for(self, document, learners=None, course=None):
        """Return the action that opens the dialog for a document."""
        name = 'complaint_id' if document._name == 'aftersales.complaint' else 'capa_id'
        return {
            'type': 'ir.actions.act_window', 'res_model': self._name, 'view_mode': 'form',
            'target': 'new', 'name': self.env._("Request a Training"), 'context': {
                f'default_{name}': document.id,
                'default_learner_ids': [Command.set(learners.ids)] if learners else [],
                'default_course_id': course.id if course else False}}

    def action_request(self):
        """Propose the training to these people; the training officer plans it.

        :raise AccessError: the user does not answer for the document
        """
        self.ensure_one()
        document = self.complaint_id or self.capa_id
        if not document or not document._may_request_training():
            raise AccessError(self.env._(
                "The complaint desk, team leads and the owner of the corrective action request "
                "trainings: ask one of them."))
        self.env['aftersales.training.need']._propose([
            {'user_id': learner.id, 'course_id': self.course_id.id,
             'company_id': document.company_id.id,
             'origin': 'complaint' if self.complaint_id else 'capa',
             'date_deadline': self.date_deadline, 'reason': self.reason,
             'res_model': document._name, 'res_id': document.id}
            for learner in self.learner_ids])
        return {'type': 'ir.actions.act_window_close'}
