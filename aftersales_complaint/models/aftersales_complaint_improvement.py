from odoo import fields, models


class AftersalesComplaint(models.Model):
    """What follows from a complaint: claims, corrective actions, notices to persons.

    Notices are for officers alone: the case neither counts them for others nor tells of them.
    """

    _inherit = 'aftersales.complaint'

    claim_ids = fields.One2many(
        'aftersales.claim', 'complaint_id', string="Claims", groups='base.group_user')
    claim_count = fields.Integer(
        string="Claims of the Complaint", compute='_compute_improvement_counts',
        groups='aftersales_service.group_aftersales_agent')
    capa_ids = fields.Many2many(
        'aftersales.capa', string="Corrective Actions", copy=False, groups='base.group_user',
        link_access='read')
    capa_count = fields.Integer(
        string="Actions of the Complaint", compute='_compute_improvement_counts',
        groups='aftersales_service.group_aftersales_agent')

    def _compute_improvement_counts(self):
        claims = dict(self.env['aftersales.claim']._read_group(
            [('complaint_id', 'in', self.ids)], ['complaint_id'], ['__count']))
        for case in self:
            case.claim_count = claims.get(case._origin, 0)
            case.capa_count = len(case.capa_ids)  # those that the user may read

    # === ACTIONS === #

    def action_view_claims(self):
        """Show the claims of this complaint; a new one takes its facts."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_complaint.aftersales_claim_action')
        return action | {
            'domain': [('complaint_id', '=', self.id)], 'context': {
                'default_complaint_id': self.id, 'default_partner_id': self.partner_id.id,
                'default_company_id': self.company_id.id}}

    def action_view_capas(self):
        """Show the corrective actions of this complaint; a new one takes its facts."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_complaint.aftersales_capa_action')
        return action | {
            'domain': [('complaint_ids', 'in', self.ids)], 'context': {
                'default_complaint_ids': self.ids, 'default_subject': self.subject,
                'default_product_id': self.product_id.id, 'default_batch': self.batch,
                'default_problem': self.description, 'default_root_cause': self.cause,
                'default_cause_category': self.cause_category,
                'default_company_id': self.company_id.id}}

    def action_view_suggestions(self):
        """Show the suggestions that came with this complaint; a new one takes its words."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_complaint.aftersales_suggestion_action')
        return action | {
            'domain': [('complaint_id', '=', self.id)], 'context': {
                'default_complaint_id': self.id, 'default_source': 'customer',
                'default_partner_id': self.partner_id.id, 'default_subject': self.subject,
                'default_description': self.description,
                'default_company_id': self.company_id.id}}

    # === RULES === #

    def _needs_capa(self):
        """Return whether the category of a founded complaint, or one above it, asks for an action.

        Hook: called as the user for one record that is about to close. Raises nothing.
        """
        self.ensure_one()
        case, category = self.sudo(), self.sudo().category_id
        if not case.is_founded or case.flow == 'fast':
            return False
        while category and not category.needs_capa:
            category = category.parent_id
        return bool(category)
