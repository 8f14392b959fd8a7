from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..base.roles import AGENT, DISPATCHER, MANAGER, TEAM_LEAD


class AftersalesOverview(models.AbstractModel):
    """What waits today for each role, the first steps of an empty company, and all tables.

    The page on which the app opens asks it. It keeps nothing: tiles are domains that are counted
    as the user who looks, so that each click opens what was counted.
    """

    _name = 'aftersales.overview'
    _description = "Overview of Today"

    @api.model
    def get_today(self):
        """Return the tiles of the user's role with their numbers, the list below, the steps.

        :raise AccessError: the user has no role of the desk
        """
        self._ensure_role(AGENT)
        tiles = [
            {**tile, 'domain': list(Domain(tile['domain'])),
             'count': self.env[tile['model']].search_count(tile['domain'])}
            for tile in self._get_tiles()]
        return {'tiles': tiles, 'list': self._get_list(), 'steps': self._get_open_steps()}

    @api.model
    def get_configuration(self):
        """Return the tables of the configuration by subject: those that the user may read.

        :raise AccessError: the user is no administrator of the desk
        """
        self._ensure_role(MANAGER)
        sections = []
        for name, feature, xmlids in self._get_tables():
            if feature and not self.env.user.has_group(f'aftersales_service.{feature}'):
                continue
            # names of pages are no secret; the right to each page's records is asked below
            actions = [self.env.ref(f'aftersales_service.{xmlid}').sudo() for xmlid in xmlids]
            links = [{'id': action.id, 'name': action.name} for action in actions
                     if self.env[action.res_model].has_access('read')]
            if links:
                sections.append({'name': name, 'links': links})
        return sections

    # === HOOKS === #

    @api.model
    def _get_tiles(self):
        """Return what waits for the user, most urgent first.

        Hook: called by ``get_today`` on the model, as a user of the desk; a module adds tiles by
        ``super()``. Raises nothing.

        :return: dicts of ``name``, ``model``, ``domain`` and ``is_alert``
        """
        user, still_open = self.env.user, Domain('date_closed', '=', False)
        mine = still_open & (Domain('user_id', '=', user.id)
                             | Domain('technician_id', '=', user.id))
        tiles = [
            self._prepare_tile(self.env._("My Open Orders"), mine),
            self._prepare_tile(
                self.env._("Promised Answers"), mine & Domain('answer', '=', False)
                & Domain('date_answer_promised', '!=', False)),
        ]
        if user.has_group(DISPATCHER):
            late = Domain('planning_state', '=', 'late')
            unplanned = Domain('planning_state', '=', 'unplanned') & Domain(
                'is_paused', '=', False) & Domain('type_id.is_on_site', '=', True)
            tiles += [
                self._prepare_tile(self.env._("Late"), late, is_alert=True),
                self._prepare_tile(self.env._("No Time Yet"), unplanned),
                self._prepare_tile(
                    self.env._("On Hold"), still_open & Domain('is_paused', '=', True)),
            ]
        if user.has_group(TEAM_LEAD):
            tiles.append(self._prepare_tile(
                self.env._("Questions to Head Office"),
                still_open & Domain('escalation_state', '=', 'asked'), is_alert=True))
        return tiles

    @api.model
    def _prepare_tile(self, name, domain, model='aftersales.order', is_alert=False):
        return {'name': name, 'model': model, 'domain': domain, 'is_alert': is_alert}

    @api.model
    def _get_list(self):
        """Return the name and the domain of the orders below the tiles, by role."""
        if self.env.user.has_group(DISPATCHER):
            domain = [('planning_state', 'in', ['late', 'today', 'unplanned'])]
            return {'name': self.env._("Today and Late"), 'domain': domain}
        domain = [('date_closed', '=', False), '|', ('user_id', '=', self.env.uid),
                  ('technician_id', '=', self.env.uid)]
        return {'name': self.env._("My Open Orders"), 'domain': domain}

    @api.model
    def _get_steps(self):
        """Return the five steps of a new company: name, what it is for, action, whether done."""
        company = self.env.company
        technicians = company._get_people_in('aftersales_service.group_aftersales_technician')
        policies = self.env['product.category'].search_count(
            [('warranty_policy_id', '!=', False)], limit=1)
        company_domain = [('company_id', '=', company.id)]
        return [
            (self.env._("Give your product categories their warranty policies"),
             self.env._("Each delivered unit then gets its warranty card by itself."),
             'aftersales_service.aftersales_policy_assign_action', bool(policies)),
            (self.env._("Give your people their roles"),
             self.env._("Agents take calls, technicians go, dispatchers plan, team leads decide."),
             'base.action_res_users', bool(technicians)),
            (self.env._("Switch off what you do not need"),
             self.env._("Workshop, outlets, promised times, returns: a small firm needs few."),
             'aftersales_service.aftersales_settings_action',
             bool(self.env['aftersales.warranty'].search_count(company_domain, limit=1))),
            (self.env._("Bring your units along"),
             self.env._("Import the warranty cards of units that you sold before."),
             'aftersales_service.aftersales_warranty_action',
             bool(self.env['aftersales.warranty'].search_count(company_domain, limit=1))),
            (self.env._("Take the first call"),
             self.env._("A phone number and words are enough."),
             'aftersales_service.aftersales_order_action', False),
        ]

    @api.model
    def _get_tables(self):
        """Return the tables of the configuration: subject, feature group or ``None``, actions."""
        return [
            (self.env._("Warranties"), None, [
                'aftersales_warranty_policy_action', 'aftersales_warranty_remedy_action',
                'aftersales_warranty_exclusion_action', 'aftersales_main_part_action',
                'aftersales_verdict_action', 'aftersales_warranty_usage_action',
                'aftersales_warranty_cover_action']),
            (self.env._("Orders"), None, [
                'aftersales_order_type_action', 'aftersales_stage_action',
                'aftersales_skill_action', 'aftersales_platform_action']),
            (self.env._("Promises"), 'group_aftersales_clocks', [
                'aftersales_clock_target_action', 'aftersales_clock_alert_action',
                'aftersales_pause_reason_action', 'aftersales_peak_action',
                'aftersales_clock_action']),
            (self.env._("Customers"), 'group_aftersales_grades', [
                'aftersales_customer_grade_action', 'aftersales_zone_action']),
            (self.env._("Faults"), 'group_aftersales_diagnosis', [
                'aftersales_diagnosis_code_action']),
            (self.env._("Visits and Delivery"), 'group_aftersales_visits', [
                'aftersales_checklist_template_action', 'aftersales_slot_action',
                'aftersales_floor_fee_action', 'aftersales_missed_reason_action',
                'aftersales_checklist_line_action', 'aftersales_job_action_action']),
            (self.env._("Outlets"), 'group_aftersales_outlets', [
                'aftersales_outlet_area_action', 'aftersales_outlet_capacity_action',
                'aftersales_order_action_outlet_orders']),
            (self.env._("Returns"), 'group_aftersales_returns', [
                'aftersales_return_policy_action', 'aftersales_return_reason_action',
                'aftersales_disposition_action', 'aftersales_trade_in_value_action',
                'aftersales_trade_in_programme_action', 'aftersales_cost_activity_action',
                'aftersales_cost_rate_action', 'aftersales_return_line_action',
                'aftersales_campaign_unit_action', 'aftersales_campaign_unit_action_report',
                'aftersales_cost_line_action', 'aftersales_cost_scenario_action',
                'aftersales_return_statistics_action', 'aftersales_appraisal_action_audit']),
            (self.env._("Messages and Data"), None, [
                'aftersales_notifier_action', 'aftersales_message_action',
                'aftersales_completion_code_action', 'aftersales_erasure_period_action',
                'aftersales_erasure_action']),
        ]

    # === RULES === #

    @api.model
    def _ensure_role(self, group):
        if not self.env.user.has_group(group):
            raise AccessError(self.env._("Ask an administrator for a role of the service desk."))

    @api.model
    def _get_open_steps(self):
        """Return the steps for administrators until the company has its first order."""
        if not self.env.user.has_group(MANAGER) or self.env['aftersales.order'].search_count(
                [('company_id', '=', self.env.company.id)], limit=1):
            return []
        # whether other roles and policies exist is no secret to an administrator
        return [
            {'name': name, 'help': words, 'action': action, 'is_done': is_done}
            for name, words, action, is_done in self.sudo()._get_steps()]
