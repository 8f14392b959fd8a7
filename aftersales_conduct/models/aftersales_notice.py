from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.aftersales_service.tools.validity import last_day

STATES = [
    ('draft', "Draft"), ('statement', "Statement"), ('proposed', "To Approve"),
    ('served', "Served"), ('appealed', "Under Appeal"), ('final', "Final"),
    ('revoked', "Revoked")]
# the rules count points within twelve months (offence table), and say so on the ladder
POINTS_MONTHS = 12
# what stays open in a state, and to whom: the person concerned or who decides
OPEN_FIELDS = {
    'statement': {'statement', 'evidence', 'photo_ids', 'sanction_id', 'points', 'burden',
                  'base_points', 'bonus', 'validity_months', 'approver_id', 'revoke_reason'},
    'proposed': {'decision_note', 'revoke_reason'},
    'served': {'appeal', 'signature', 'revoke_reason'},
    'appealed': {'appeal_note'},
    'final': {'signature', 'revoke_reason'},
    'revoked': set(),
}


class AftersalesNotice(models.Model):
    """A notice of merit or demerit about one act of one person.

    The person answers before it is decided and may appeal afterwards; somebody else approves.
    It has no conversation and no followers: officers, the person and who decides read it, by
    the record rules, and its number names nothing. It pays nothing and deducts nothing: what
    it comes to in money is for the penalty that refers to it.
    """

    _name = 'aftersales.notice'
    _description = "Notice of Merit or Demerit"
    _inherit = [
        'aftersales.hearing.mixin', 'aftersales.document.link.mixin', 'aftersales.number.mixin']
    _order = 'id desc'
    _check_company_auto = True

    _OPEN_FIELDS = OPEN_FIELDS
    _PERSON_STEPS = frozenset({'appealed'})
    _decided_from = 'proposed'
    _WEIGHT_FIELDS = frozenset({
        'employee_id', 'offence_id', 'sanction_id', 'points', 'burden', 'base_points', 'bonus',
        'validity_months'})
    _served_field = 'date_served'

    name = fields.Char(string="Number", readonly=True, copy=False, index='trigram', protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related='company_id.currency_id')
    state = fields.Selection(
        STATES, default='draft', required=True, readonly=True, index=True, copy=False,
        protected=True)

    # Who
    employee_id = fields.Many2one(
        'hr.employee', index='btree_not_null', check_company=True, ondelete='restrict')
    technician_id = fields.Many2one(
        'res.users', string="Outlet's Technician", index='btree_not_null', ondelete='restrict',
        domain="[('share', '=', True)]", help="A technician of an outlet, who is no employee.")
    person_name = fields.Char(string="Person", compute='_compute_person_name')

    # What
    offence_id = fields.Many2one(
        'aftersales.offence', string="Act", required=True, index=True, ondelete='restrict',
        check_company=True)
    kind = fields.Selection(related='offence_id.kind', store=True, precompute=True)
    act_date = fields.Date(
        string="Day of the Act", required=True, default=fields.Date.context_today)
    facts = fields.Text(required=True, help="What happened, where and when. The person reads it.")
    res_model = fields.Char(required=False, protected='after')
    res_id = fields.Many2oneReference(string="Source", required=False, protected='after')

    # What follows
    burden = fields.Monetary(
        string="Personal Burden", help="The part of a loss that this person answers for.")
    points = fields.Float(compute='_compute_points', store=True, readonly=False, precompute=True)
    sanction_id = fields.Many2one(
        'aftersales.sanction', compute='_compute_sanction_id', store=True, readonly=False,
        precompute=True, ondelete='restrict', domain="[('kind', '=', kind)]",
        help="Proposed: the gravest of what is usual for the act or its burden, what the points of "
             "twelve months lead to, and what the sanctions that are valid add up to.")
    validity_months = fields.Integer(
        string="Validity (Months)", compute='_compute_validity_months', store=True,
        readonly=False, precompute=True)
    base_points = fields.Float(help="Base points of the person's position.")
    bonus = fields.Monetary(string="Bonus of the Month")
    amount = fields.Monetary(
        string="Comes to at Least", compute='_compute_amount',
        help="The conversion of the sanction into money. A penalty decides what is deducted, "
             "within the law of the place.")
    valid_until = fields.Date(
        compute='_compute_valid_until', store=True, protected=True,
        help="After this day the notice is spent.")
    is_spent = fields.Boolean(
        string="Spent", readonly=True, copy=False, protected=True,
        help="A demerit after its validity: only the person it is about still reads it.")

    first_approver_ids = fields.Many2many(
        'res.users', 'aftersales_notice_first_approver_rel', 'notice_id', 'user_id',
        string="Approved before by", readonly=True, copy=False, protected=True,
        help="Who approved it before the one who serves it, where the sanction asks for more "
             "than one.")
    date_served = fields.Datetime(string="Served on", readonly=True, copy=False, protected=True)
    date_final = fields.Datetime(string="Final on", readonly=True, copy=False, protected=True)
    revoke_reason = fields.Char(string="Reason of the Revocation", copy=False)
    place = fields.Char(help="Where it happened.")
    job_title = fields.Char(string="Post", compute='_compute_job_title')
    date_revoked = fields.Datetime(
        string="Revoked on", readonly=True, copy=False, protected=True)

    # Merits against demerits
    offset_id = fields.Many2one(
        'aftersales.notice', string="Cancelled by", readonly=True, copy=False, protected=True,
        ondelete='restrict', help="The merit of the same year that cancels this demerit.")
    cancels_ids = fields.One2many(
        'aftersales.notice', 'offset_id', readonly=True, copy=False, protected=True)

    _one_person = models.Constraint(
        'CHECK((employee_id IS NULL) <> (technician_id IS NULL))',
        "A notice is about one person: an employee or an outlet's technician.")
    _one_act = models.UniqueIndex(
        "(COALESCE(employee_id, 0), COALESCE(technician_id, 0), kind, offence_id, act_date) "
        # one that is spent is not told of, not even by a refusal
        "WHERE state <> 'revoked' AND is_spent IS NOT TRUE",
        "There is a notice about this act of this person already: one act, one notice.")
    _one_source = models.UniqueIndex(
        "(COALESCE(employee_id, 0), COALESCE(technician_id, 0), kind, res_model, res_id) "
        "WHERE res_id > 0 AND state <> 'revoked' AND is_spent IS NOT TRUE",
        "This person has a notice from this document already: one act, one notice.")
    _record_idx = models.Index("(res_model, res_id)")
    _one_offset = models.UniqueIndex(
        '(offset_id) WHERE offset_id IS NOT NULL', "This merit cancels a demerit already.")
    _numbers_positive = models.Constraint(
        'CHECK(points >= 0 AND burden >= 0 AND base_points >= 0 AND bonus >= 0 '
        'AND validity_months >= 0)', "The numbers of a notice cannot be negative.")

    # === COMPUTES === #

    @api.depends('technician_id')
    def _compute_user_id(self):
        result = super()._compute_user_id()
        for notice in self.filtered('technician_id'):
            notice.user_id = notice.technician_id
        return result

    @api.depends('employee_id.name', 'technician_id.name')
    def _compute_person_name(self):
        for notice in self:
            # the ORM checked read access to the notice, which is about this person
            person = notice.sudo()
            notice.person_name = person.employee_id.name or person.technician_id.name

    @api.depends('employee_id')
    def _compute_job_title(self):
        for notice in self:
            # as the name: who reads the notice may know the post of whom it is about
            notice.job_title = notice.sudo().employee_id.job_id.name

    @api.depends('offence_id')
    def _compute_points(self):
        for notice in self:
            notice.points = notice.offence_id.points

    @api.depends('offence_id', 'burden', 'points', 'act_date', 'employee_id', 'technician_id')
    def _compute_sanction_id(self):
        for notice in self:
            notice.sanction_id = notice._propose_sanction()

    @api.depends('sanction_id')
    def _compute_validity_months(self):
        for notice in self:
            notice.validity_months = notice.sanction_id.validity_months or (
                notice.validity_months)

    @api.depends('sanction_id', 'base_points', 'bonus')
    def _compute_amount(self):
        for notice in self:
            notice.amount = notice.sanction_id._convert(notice.base_points, notice.bonus) if (
                notice.sanction_id and notice.kind == 'demerit') else 0.0

    @api.depends('date_served', 'validity_months')
    def _compute_valid_until(self):
        for notice in self:
            notice.valid_until = bool(notice.date_served and notice.validity_months) and (
                last_day(notice._to_day(notice.date_served), notice.validity_months))

    # === THE LADDER === #

    def _propose_sanction(self):
        """Return the gravest sanction that the act, the points or the sanctions before lead to."""
        self.ensure_one()
        usual = self._get_usual_sanction()
        if self.kind != 'demerit' or not self.act_date or not (
                self.employee_id or self.technician_id):
            return usual
        # officers write notices; what counts of the person includes what is spent for readers
        notices, sanctions = self.sudo(), self.env['aftersales.sanction']
        points = self.points + notices._get_points(
            self.employee_id, self.technician_id, self.act_date)
        by_points = sanctions._propose(self.company_id, self.act_date, points=points)
        added = notices._add_up_sanctions(usual)
        return max(usual, by_points, added, key=lambda sanction: (
            bool(sanction), sanction.level, sanction.times))

    def _get_usual_sanction(self):
        """Return what the act leads to by itself: by its burden, else as is usual."""
        self.ensure_one()
        by_burden = self.kind == 'demerit' and self.burden and (
            self.env['aftersales.sanction']._propose(
                self.company_id, self.act_date or self._get_today(), burden=self.burden))
        return by_burden or self.offence_id.sanction_id

    def _add_up_sanctions(self, usual):
        """Return the sanction of the next level where ``usual`` completes it, else none.

        What was raised already is not raised twice: each act counts by its usual sanction, or by
        the lower one that was decided.
        """
        self.ensure_one()
        day = self.act_date
        valid = self.search(
            self._get_person_domain(self.employee_id, self.technician_id)
            & self._get_valid_domain(day) & Domain('kind', '=', 'demerit')
            & Domain('act_date', '<=', day) & Domain('company_id', '=', self.company_id.id))
        before = self.env['aftersales.sanction'].concat(*(
            min((notice._get_usual_sanction(), notice.sanction_id),
                key=lambda sanction: (sanction.level, sanction.times)) for notice in valid))
        counts = before._add_up(self.company_id, day)
        raised = [
            level for level, count in (before + usual)._add_up(self.company_id, day).items()
            if count > counts.get(level, 0) and level > usual.level]
        return before._get_ladder(self.company_id, day).filtered(
            lambda sanction: sanction.level == max(raised) and sanction.times == 1)[:1] if (
                raised) else before.browse()

    # === RULES OF THE RECORD === #

    @api.constrains('act_date', 'offence_id')
    def _check_act(self):
        for notice in self:
            if notice.act_date > notice._get_today():
                raise ValidationError(self.env._("An act cannot lie in the future."))
            if not notice.offence_id._is_valid_on(notice.act_date):
                raise ValidationError(self.env._(
                    "“%(act)s” was not in the rules on that day: choose an act that was.",
                    act=notice.offence_id.display_name))

    @api.constrains('points', 'offence_id')
    def _check_points(self):
        for notice in self:
            act = notice.offence_id
            if act.points_max and not act.points <= notice.points <= act.points_max:
                raise ValidationError(self.env._(
                    "“%(act)s” comes to %(least)g to %(most)g points by the rules: enter points "
                    "between them.", act=act.display_name, least=act.points,
                    most=act.points_max))

    @api.constrains('technician_id')
    def _check_technician(self):
        for notice in self.filtered('technician_id'):
            if not notice.technician_id.share:
                raise ValidationError(self.env._(
                    "%(user)s is a colleague: choose the employee instead.",
                    user=notice.technician_id.name))

    @api.constrains('sanction_id', 'offence_id')
    def _check_sanction(self):
        for notice in self.filtered('sanction_id'):
            if notice.sanction_id.kind != notice.offence_id.kind:
                raise ValidationError(self.env._(
                    "A merit is not punished and a demerit not honoured: choose another "
                    "sanction."))

    @api.model_create_multi
    def create(self, vals_list):
        notices = super().create(vals_list)
        notices._ensure_of_others(self.env._(
            "You cannot write a notice about yourself: ask another officer."))
        notices._ensure_source_readable()
        return notices

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        self._refuse_where(
            lambda notice: notice.state != 'draft',
            self.env._("Only drafts can be deleted; revoke these notices instead"))
        self._ensure_of_others(self.env._("You cannot delete a notice about yourself."))

    def copy_data(self, default=None):
        """Forget the source: one document makes one notice about a person."""
        return [vals | {'res_model': False, 'res_id': False}
                for vals in super().copy_data(default)]

    def _ensure_source_readable(self):
        """Refuse documents that the user may not read: a notice would tell of them."""
        for notice in self.filtered('res_id'):
            if notice.res_model not in self._get_document_models():
                raise UserError(self.env._("Notices do not refer to records of this kind."))
            if not notice._get_document().exists():
                raise UserError(self.env._("The document of this notice does not exist."))
            notice._get_document().check_access('read')

    @api.model
    def _get_document_models(self):
        """Return the names of the models of documents that notices come from.

        Hook: called on the model when a notice is written and when notices are searched by the
        name of their document, as the user. Extend it by ``(*super()…, 'model')``. Raises
        nothing.
        """
        return (*super()._get_document_models(), 'aftersales.order')

    @api.model
    def _get_effective_domain(self):
        """Return the domain of the notices that have an effect.

        Under appeal they have none, nor once they are revoked or cancelled by a merit.
        """
        return Domain('state', 'in', ('served', 'final')) & (
            Domain('offset_id', '=', False) & Domain('cancels_ids', '=', False))

    @api.model
    def _get_counted_domain(self, day):
        """Return the domain of the notices whose points count on a day: acts of twelve months.

        How long the sanction itself is valid does not matter to the points.
        """
        return self._get_effective_domain() & Domain('act_date', '<=', day) & Domain(
            'act_date', '>', fields.Date.subtract(
                fields.Date.to_date(day), months=POINTS_MONTHS))

    @api.model
    def _get_valid_domain(self, day):
        """Return the domain of the notices whose sanctions are valid on a day."""
        return self._get_effective_domain() & (
            Domain('valid_until', '=', False) | Domain('valid_until', '>=', day))

    @api.model
    def _get_person_domain(self, employee, technician):
        return Domain('employee_id', '=', employee._origin.id if employee else False) & Domain(
            'technician_id', '=', technician._origin.id if technician else False)
