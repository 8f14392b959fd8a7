from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..tools.practice import mark_sheet
from .roles import OFFICER


class AftersalesTrainingCheck(models.Model):
    """A sheet on which an examiner judges a person: exam, behaviour on the job, site.

    A practice exam has two signatures and leads to the certificate or a further exam; a
    behaviour check says months later what became of the training; a site check is scored by
    hand for the monthly figures. What was signed stays as it is.
    """

    _name = 'aftersales.training.check'
    _description = "Practice Check"
    _inherit = [
        'aftersales.state.mixin', 'aftersales.image.mixin', 'aftersales.number.mixin',
        'aftersales.mobile.mixin']
    _order = 'date_planned desc, id desc'
    _check_company_auto = True

    _TRANSITIONS = {'done': {'open'}, 'cancelled': {'open'}}
    _STAMPS = {'done': 'date_done'}

    name = fields.Char(
        string="Number", readonly=True, copy=False, protected=True, index='trigram')
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company,
        protected='after')
    kind = fields.Selection(
        [('practice', "Practice Exam"), ('behaviour', "Behaviour Check"),
         ('site', "Site Check")],
        required=True, default='practice', protected='after')
    state = fields.Selection(
        [('open', "Planned"), ('done', "Done"), ('cancelled', "Cancelled")],
        default='open', required=True, readonly=True, copy=False, index=True, protected=True)
    user_id = fields.Many2one(
        'res.users', string="Learner", required=True, index=True, ondelete='restrict',
        check_company=True, protected='after',
        domain="['|', ('share', '=', False), ('aftersales_outlet_ids', '!=', False)]")
    examiner_id = fields.Many2one(
        'res.users', required=True, index=True, ondelete='restrict',
        check_company=True, default=lambda self: self.env.user, domain="[('share', '=', False)]")
    course_id = fields.Many2one(
        'aftersales.training.course', index='btree_not_null', ondelete='restrict',
        check_company=True, protected='after')
    attendance_id = fields.Many2one(
        'aftersales.training.attendance', index='btree_not_null',
        ondelete='restrict', protected='after', link_access='read')
    product_id = fields.Many2one('product.product', string="Unit", check_company=True)
    serial = fields.Char(string="Serial Number")
    date_planned = fields.Date(
        string="Planned for", required=True, default=fields.Date.context_today)
    previous_id = fields.Many2one(
        'aftersales.training.check', string="Retest of", readonly=True, copy=False,
        protected=True, index='btree_not_null')
    retest_ids = fields.One2many(
        'aftersales.training.check', 'previous_id', readonly=True, copy=False, protected=True)

    item_ids = fields.One2many('aftersales.training.check.item', 'check_id', copy=False)
    pass_mark = fields.Float(
        compute='_compute_pass_mark', store=True, precompute=True, protected=True)
    mark = fields.Float(
        compute='_compute_mark', store=True, protected=True, aggregator='avg')
    is_decided = fields.Boolean(compute='_compute_mark', store=True, protected=True)
    result = fields.Selection(
        [('passed', "Passed"), ('failed', "Failed")], readonly=True, copy=False, protected=True)
    date_done = fields.Datetime(
        string="Done on", readonly=True, copy=False, protected=True)
    learner_signature = fields.Image(
        "Signature of the Learner", copy=False, readonly=True, protected=True)
    examiner_signature = fields.Image(
        "Signature of the Examiner", copy=False, readonly=True, protected=True)
    certificate_id = fields.Many2one(
        'aftersales.certificate', readonly=True, copy=False, protected=True,
        index='btree_not_null', ondelete='set null')
    remark = fields.Text()

    # === COMPUTES === #

    @api.depends('kind', 'course_id')
    def _compute_pass_mark(self):
        for check in self:
            course = check.course_id
            check.pass_mark = (
                course.practice_pass if check.kind == 'practice' else course.behaviour_pass)

    @api.depends('item_ids.result', 'item_ids.weight', 'item_ids.is_red_line', 'pass_mark')
    def _compute_mark(self):
        for check in self:
            mark = check._mark()
            check.mark, check.is_decided = mark.percent, mark.is_decided

    def _mark(self):
        """Return what the items come to, a ``tools.practice.Mark``."""
        self.ensure_one()
        return mark_sheet(
            [item._to_item() for item in self.item_ids], self.pass_mark,
            # the examiner may know what the course asks for
            self.sudo().course_id.applies_from)

    @api.constrains('user_id', 'examiner_id')
    def _check_examiner(self):
        for check in self:
            if check.user_id == check.examiner_id:
                raise ValidationError(self.env._(
                    "%(person)s cannot judge the own work: choose another examiner.",
                    person=check.user_id.name))

    @api.constrains('attendance_id', 'user_id', 'course_id')
    def _check_attendance(self):
        for check in self.filtered('attendance_id'):
            attendance = check.sudo().attendance_id  # link_access checked the right to read it
            if attendance.user_id != check.user_id or attendance.course_id != check.course_id:
                raise ValidationError(self.env._(
                    "The attendance is one of another person or course: choose theirs."))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        checks = super().create(vals_list)
        for check in checks:
            if check.course_id and not check.item_ids:
                # the examiner may know the sheet of the course
                check.sudo().item_ids = [
                    fields.Command.create(line._prepare_check_item_vals())
                    for line in check.sudo().course_id.item_ids if line.kind == check.kind]
        return checks

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        self._refuse_where(
            lambda check: check.state == 'done',
            self.env._("Signed sheets stay: what came of them rests on them"))

    def _get_locked_fields(self):
        return self._get_all_but() if self.state != 'open' else super()._get_locked_fields()

    def _get_locked_message(self):
        return self.env._("These sheets are signed or cancelled and stay as they are")

    def _ensure_examined_by_user(self):
        """Refuse results that another person than the examiner fills in."""
        if any(check.examiner_id != self.env.user for check in self.sudo()):
            raise AccessError(self.env._(
                "The examiner who is named on the sheet judges its items: fill in your own "
                "sheets, or ask a training officer to name you."))

    def _ensure_sheet_is_free(self):
        """Refuse other items than those of the course, but for training officers."""
        self._refuse_where(
            lambda check: check.state != 'open', self._get_locked_message())
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._(
                "The items of a sheet come from its course: ask a training officer."))

    # === FLOW === #

    def action_cancel(self):
        """Call off checks that did not take place."""
        self._set_state('cancelled')

    def action_done(self):
        """Finish a sheet of the office; one of an exam is signed on the phone."""
        self._refuse_where(
            lambda check: check.kind == 'practice',
            self.env._("A practice exam is signed by both on the examiner's phone"))
        self._ensure_examined_by_user()
        self._set_state('done')

    def _ensure_done(self):
        self._refuse_where(
            lambda check: not check.item_ids,
            self.env._("These sheets have no items: fill in the practice sheet of the course"))
        self._refuse_where(
            lambda check: not check._mark().is_decided,
            self.env._("Judge all items of these sheets first"))
        self._refuse_where(
            lambda check: any(
                item.needs_photo and not item.photo and item.result == 'passed'
                for item in check.item_ids),
            self.env._("Take the photos that these sheets ask for first"))

    def _on_done(self):
        for check in self:
            check.result = 'passed' if check._mark().is_passed else 'failed'
            follow = getattr(check, f'_follow_{check.kind}', None)
            if follow:
                follow()
        self.filtered(
            lambda check: check.kind == 'practice' and check.result == 'failed')._plan_retests()

    def _follow_practice(self):
        """Hand the mark to the attendance, which may lead to the certificate; as superuser."""
        attendance, day = self.attendance_id, self.company_id._get_aftersales_day(self.date_done)
        certificates = self.env['aftersales.certificate']
        if attendance:
            if attendance.state == 'failed':
                attendance.action_retest()  # this sheet is the retest
            attendance._record_practice(self.mark, self.date_done, self._mark().has_red_line)
            self.certificate_id = certificates.search(
                [('attendance_id', '=', attendance.id)], limit=1)
        elif self.result == 'passed' and self.course_id and not self.course_id.survey_id:
            self.certificate_id = certificates._issue(self.user_id, self.course_id, date=day)

    def _follow_behaviour(self):
        """Note at the attendance what became of the training."""
        if self.attendance_id:
            self.attendance_id._record_behaviour(
                self.mark, self.company_id._get_aftersales_day(self.date_done))

    @api.model
    def _plan_behaviour(self, attendances):
        """Plan a behaviour check for each attendance that has no open one; return them.

        Hook to call: by the cron of the attendances, as superuser, for a batch. Who coaches, else
        who held the session, looks; nothing is planned where that is the learner. Raises nothing.
        """
        waiting = self.search(
            [('kind', '=', 'behaviour'), ('state', '=', 'open'),
             ('attendance_id', 'in', attendances.ids)]).attendance_id
        examiners = {
            attendance: attendance.coach_id or attendance.session_id.trainer_id
            for attendance in attendances - waiting}
        return self.create([{
            'kind': 'behaviour', 'company_id': attendance.company_id.id,
            'user_id': attendance.user_id.id, 'examiner_id': examiner.id,
            'course_id': attendance.course_id.id, 'attendance_id': attendance.id,
        } for attendance, examiner in examiners.items()
            if examiner and examiner != attendance.user_id])

    def _plan_retests(self):
        """Plan a further exam with the same examiner for those who failed."""
        for retest in self.create([check._prepare_retest_vals() for check in self]):
            if retest.attendance_id:
                retest.attendance_id.retest_date = retest.date_planned

    def _prepare_retest_vals(self):
        self.ensure_one()
        day = self.company_id._get_aftersales_day(self.date_done)
        return {
            'kind': self.kind, 'company_id': self.company_id.id, 'user_id': self.user_id.id,
            'examiner_id': self.examiner_id.id, 'course_id': self.course_id.id,
            'attendance_id': self.attendance_id.id, 'product_id': self.product_id.id,
            'previous_id': self.id, 'date_planned': fields.Date.add(
                day, days=self.company_id.sudo().aftersales_retest_days)}
