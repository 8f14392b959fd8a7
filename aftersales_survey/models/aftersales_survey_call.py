from odoo import api, fields, models
from odoo.fields import Domain

RESULTS = [
    ('reached', "Reached"), ('no_answer', "No Answer"), ('expired', "Number Expired"),
    ('refused', "Refused"), ('call_back', "Call Back Later")]


class AftersalesSurveyCall(models.Model):
    """One attempt to reach one person: when, who called, what came of it.

    The desk alone writes it, and it stays: reach and refusal rates count its rows. The answers
    themselves are in ``survey.user_input``.
    """

    _name = 'aftersales.survey.call'
    _description = "Survey Call"
    _inherit = 'aftersales.protected.mixin'
    _order = 'date_call desc, id desc'

    invitation_id = fields.Many2one(
        'aftersales.survey.invitation', required=True, index=True, ondelete='cascade',
        readonly=True, copy=False, protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, readonly=True, copy=False, protected=True)
    wave_id = fields.Many2one(
        'aftersales.survey.wave', related='invitation_id.wave_id', string="Survey Wave")
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', readonly=True,
        copy=False, protected=True)
    partner_id = fields.Many2one(
        'res.partner', string="Customer", index='btree_not_null', readonly=True, copy=False,
        protected=True)
    technician_id = fields.Many2one(
        'res.users', index='btree_not_null', readonly=True, copy=False,
        protected=True)
    outlet_id = fields.Many2one(
        'aftersales.outlet', index='btree_not_null', readonly=True, copy=False, protected=True)
    user_id = fields.Many2one(
        'res.users', string="Interviewer", required=True, index=True, readonly=True, copy=False,
        protected=True)
    date_call = fields.Datetime(
        string="Called on", required=True, readonly=True, copy=False, protected=True, index=True)
    duration = fields.Float(
        string="Minutes", readonly=True, copy=False, protected=True, aggregator='avg')
    number = fields.Integer(string="Attempt", readonly=True, copy=False, protected=True)
    result = fields.Selection(
        RESULTS, required=True, readonly=True, copy=False, protected=True)
    phone = fields.Char(string="Number Called", readonly=True, copy=False, protected=True)
    note = fields.Text(string="Remark", readonly=True, copy=False, protected=True)
    is_denied = fields.Boolean(
        string="Work Denied", readonly=True, copy=False, protected=True,
        help="The customer says that the technician was not there, or did not sign.")

    # What the technician brought, for the fraud check of managers, who may not read the orders
    signed_by = fields.Char(
        related='order_id.signed_by', groups='aftersales_survey.group_survey_manager')
    signature = fields.Image(
        related='order_id.signature', string="Signature on the Sheet",
        groups='aftersales_survey.group_survey_manager')
    is_rated_by_report = fields.Boolean(
        string="Rated by Printed Code", compute='_compute_is_rated_by_report',
        groups='aftersales_survey.group_survey_manager',
        help="Somebody rated this order by the code on its report, which the technician may "
             "print as well.")
    report_nps = fields.Char(
        string="0–10 by Printed Code", compute='_compute_is_rated_by_report',
        groups='aftersales_survey.group_survey_manager')
    photo_count = fields.Integer(
        string="Photos", compute='_compute_photos',
        groups='aftersales_survey.group_survey_manager')
    photo_1 = fields.Binary(
        compute='_compute_photos',
        groups='aftersales_survey.group_survey_manager')
    photo_2 = fields.Binary(
        compute='_compute_photos',
        groups='aftersales_survey.group_survey_manager')
    photo_3 = fields.Binary(
        compute='_compute_photos',
        groups='aftersales_survey.group_survey_manager')

    # technicians whose work was denied lately
    _denied_idx = models.Index('(company_id, date_call) WHERE is_denied IS TRUE')

    @api.depends('order_id')
    def _compute_is_rated_by_report(self):
        """Show what was answered on paper beside what the customer said on the phone."""
        found = self.env['survey.user_input'].search_fetch(
            [('aftersales_order_id', 'in', self.order_id.ids), ('is_from_report', '=', True),
             ('date_scored', '!=', False)], ['aftersales_order_id', 'nps', 'nps_class'])
        by_order = found.grouped('aftersales_order_id')
        for call in self:
            answers = by_order.get(call.order_id, found.browse())
            call.is_rated_by_report = bool(answers)
            call.report_nps = ", ".join(
                str(one.nps) for one in answers if one.nps_class) or False

    @api.depends('order_id')
    @api.depends_context('bin_size')
    def _compute_photos(self):
        """Show the first photos of the order beside what its customer said on the phone."""
        # managers compare what technicians brought; most read no service orders
        photos = self.env['ir.attachment'].sudo().search(
            [('res_model', '=', 'aftersales.order'), ('res_id', 'in', self.order_id.ids),
             ('res_field', '=', False), ('mimetype', '=like', 'image/%')], order='id')
        by_order = photos.grouped('res_id')
        for call in self:
            found = by_order.get(call.order_id.id, photos.browse())
            call.photo_count = len(found)
            for number in range(3):
                call[f'photo_{number + 1}'] = found[number:number + 1].datas

    @api.depends('partner_id', 'number')
    def _compute_display_name(self):
        for call in self:
            call.display_name = self.env._(
                "%(customer)s, attempt %(number)s", number=call.number,
                customer=call.partner_id.name or "–")

    @api.model
    def _get_suspects(self, companies, since):
        """Return ``{(company, technician)}``: whose work customers denied since ``since``."""
        return set(self._read_group(
            Domain('company_id', 'in', companies.ids) & Domain('is_denied', '=', True)
            & Domain('date_call', '>=', since) & Domain('technician_id', '!=', False),
            ['company_id', 'technician_id']))
