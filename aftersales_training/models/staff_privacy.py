"""What is personal of staff, when it goes, and that no log of a phone shows it.

One small class for each model of the module that says something about a person: read together,
they are the audit. Words, signatures and photos go by the kinds of the service module; marks,
answers, days and hand-overs by the kind *Staff Records*. A finished record is one that has no
effect any more, as a certificate once it ended. Notices are erased by the conduct module.
"""
from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesErasure(models.Model):
    _inherit = 'aftersales.erasure'

    staff_record_count = fields.Integer(string="Staff Records", readonly=True)

    @api.model
    def _get_documents(self):
        return [*super()._get_documents(), *(
            self.env[name].with_context(active_test=False) for name in (
                'aftersales.training.attendance', 'aftersales.training.check',
                'aftersales.certificate', 'aftersales.score', 'aftersales.work.report',
                'aftersales.tool.issue'))]


class AftersalesErasurePeriod(models.Model):
    _inherit = 'aftersales.erasure.period'

    kind = fields.Selection(
        selection_add=[('staff_record', "Staff Records")], ondelete={'staff_record': 'cascade'})


class AftersalesTrainingAttendance(models.Model):
    _name = 'aftersales.training.attendance'
    _inherit = [
        'aftersales.training.attendance', 'aftersales.staff.data.mixin',
        'aftersales.protected.mixin']
    _is_mobile_action_private = True

    @api.model
    def _get_finished_domain(self, moment):
        return Domain('session_id.state', 'in', ('held', 'cancelled')) & Domain(
            'session_id.date_end', '<=', moment)

    def _get_personal_text_fields(self):
        return (*super()._get_personal_text_fields(), 'note', 'coaching_result',
                'reaction_comment')

    @api.model
    def _get_staff_record_domain(self, moment):
        """Answers of exams and the phone that signed in; the mark itself proves a certificate."""
        return Domain('survey_input_ids', '!=', False) | Domain('sign_in_device', '!=', False)

    def _erase_staff_records(self, moment):
        count = len(self.survey_input_ids) + len(self.filtered('sign_in_device'))
        self.survey_input_ids.unlink()
        self.sign_in_device = False
        return count


class AftersalesTrainingCheck(models.Model):
    _name = 'aftersales.training.check'
    _inherit = [
        'aftersales.training.check', 'aftersales.staff.data.mixin', 'aftersales.protected.mixin']
    _is_mobile_action_private = True

    @api.model
    def _get_finished_domain(self, moment):
        return Domain('state', '!=', 'open') & Domain('date_planned', '<=', moment.date())

    @api.model
    def _get_signature_fields(self):
        return (*super()._get_signature_fields(), 'learner_signature', 'examiner_signature')

    @api.model
    def _get_photo_domain(self, moment):
        return super()._get_photo_domain(moment) | Domain('item_ids.photo', '!=', False)

    def _erase_photos(self, moment):
        items = self.item_ids.filtered('photo')
        items.photo = False
        return len(items) + super()._erase_photos(moment)

    def _get_personal_text_fields(self):
        return (*super()._get_personal_text_fields(), 'remark')

    def _get_text_domain(self, moment):
        return super()._get_text_domain(moment) | Domain('item_ids.note', 'not in', (False, ''))

    def _erase_texts(self, moment):
        items = self.item_ids.filtered('note')
        items.note = False
        return len(items) + super()._erase_texts(moment)


class AftersalesCertificate(models.Model):
    _name = 'aftersales.certificate'
    _inherit = [
        'aftersales.certificate', 'aftersales.staff.data.mixin', 'aftersales.protected.mixin']

    @api.model
    def _get_finished_domain(self, moment):
        return Domain('valid_until', '<', moment.date()) | Domain('date_revoked', '<=', moment)

    def _get_personal_text_fields(self):
        return (*super()._get_personal_text_fields(), 'revoke_reason')

    @api.model
    def _get_photo_domain(self, moment):
        return super()._get_photo_domain(moment) | Domain('scan', '!=', False)

    def _erase_photos(self, moment):
        scanned = self.filtered('scan')
        scanned.scan = False
        return len(scanned) + super()._erase_photos(moment)


class AftersalesScore(models.Model):
    _name = 'aftersales.score'
    _inherit = ['aftersales.score', 'aftersales.staff.data.mixin', 'aftersales.protected.mixin']
    _is_mobile_action_private = True

    @api.model
    def _get_finished_domain(self, moment):
        return Domain('state', '=', 'closed') & Domain('date_closed', '<=', moment)

    @api.model
    def _get_signature_fields(self):
        return (*super()._get_signature_fields(), 'signature')

    def _get_personal_text_fields(self):
        return (*super()._get_personal_text_fields(), 'own_comment', 'manager_reason', 'plan',
                'reward', 'objection', 'objection_answer')


class AftersalesWorkReport(models.Model):
    _name = 'aftersales.work.report'
    _inherit = [
        'aftersales.work.report', 'aftersales.staff.data.mixin', 'aftersales.protected.mixin']

    @api.model
    def _get_finished_domain(self, moment):
        return Domain('state', '=', 'approved') & Domain('month', '<=', moment.date())

    def _get_personal_text_fields(self):
        return (*super()._get_personal_text_fields(), 'remarks')

    @api.model
    def _get_staff_record_domain(self, moment):
        """The single days: who was ill when is no record for ever."""
        return Domain('day_ids', '!=', False)

    def _erase_staff_records(self, moment):
        count = len(self.day_ids)
        self.day_ids.unlink()
        return count


class AftersalesToolIssue(models.Model):
    _name = 'aftersales.tool.issue'
    _inherit = [
        'aftersales.tool.issue', 'aftersales.staff.data.mixin', 'aftersales.protected.mixin']
    _is_mobile_action_private = True

    @api.model
    def _get_finished_domain(self, moment):
        return Domain('date_returned', '<=', moment)

    @api.model
    def _get_staff_record_domain(self, moment):
        return Domain.TRUE

    def _erase_staff_records(self, moment):
        count = len(self)
        self.unlink()
        return count
