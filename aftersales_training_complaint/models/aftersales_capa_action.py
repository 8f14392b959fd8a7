from odoo import api, fields, models

from odoo.addons.aftersales_training.models.aftersales_training_need import PEOPLE


class AftersalesCapaAction(models.Model):
    """An action may be a training: who has to learn what, until the day of the action."""

    _inherit = 'aftersales.capa.action'

    training_course_id = fields.Many2one(
        'aftersales.training.course', index='btree_not_null', check_company=True)
    learner_ids = fields.Many2many(
        'res.users', 'aftersales_capa_action_learner_rel', 'action_id', 'user_id',
        string="Learners", domain=PEOPLE,
        help="Each gets a training need once the corrective action runs.")

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions._propose_training()
        return actions

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {'training_course_id', 'learner_ids', 'date_due'}:
            self._propose_training()
        return result

    def _propose_training(self):
        """Propose the training to the learners of running corrective actions.

        Called after the right to create or change the actions, or to begin, was checked.
        """
        running = self.sudo().filtered(
            lambda action: action.capa_id.state == 'running' and not action.date_done)
        self.env['aftersales.training.need']._propose([
            {'user_id': learner.id, 'course_id': action.training_course_id.id,
             'company_id': action.company_id.id, 'origin': 'capa',
             'date_deadline': action.date_due, 'reason': action.name,
             'res_model': 'aftersales.capa', 'res_id': action.capa_id.id}
            for action in running if action.training_course_id for learner in action.learner_ids])
