from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import AftersalesCommon

MENUS = {
    'visits': ['aftersales_menu_visit', 'aftersales_menu_checklist_template',
               'aftersales_menu_delivery_damage', 'aftersales_menu_accident'],
    'workshop': ['aftersales_menu_workshop'],
    'clocks': ['aftersales_menu_promise_report', 'aftersales_menu_clock_target'],
    'grades': ['aftersales_menu_customer_grade'],
    'diagnosis': ['aftersales_menu_diagnosis_code', 'aftersales_menu_fault_analysis',
                  'aftersales_menu_fault_rate', 'aftersales_menu_fault_statistics'],
    'liaison': ['aftersales_menu_liaison'],
    'returns': ['aftersales_menu_trade_in', 'aftersales_menu_campaign',
                'aftersales_menu_cost_report', 'aftersales_menu_return_policy'],
    'outlets': ['aftersales_menu_outlet', 'aftersales_menu_offer'],
}
# nodes of the order form, by name
NODES = {
    'workshop': ['action_take_to_shop', 'handover_signature', 'article_condition'],
    'visits': ['action_view_visits', 'second_visit_count', 'action_view_checklist'],
    'clocks': ['action_resume', 'date_deadline', 'clock_ids'],
    'grades': ['zone_id'],
    'diagnosis': ['symptom_id', 'cause_id'],
    'liaison': ['action_view_liaisons'],
    'returns': ['action_view_trade_ins'],
    'outlets': ['outlet_id', 'offer_ids'],
}
ALWAYS = ['aftersales_menu_order_mine', 'aftersales_menu_order', 'aftersales_menu_warranty',
          'aftersales_menu_warranty_policy', 'aftersales_menu_order_report']


@tagged('post_install', '-at_install')
class TestFeatures(AftersalesCommon):
    """The settings switch menus, buttons and fields for everybody."""

    def _switch(self, **features):
        settings = self.env['res.config.settings'].create({
            f'group_aftersales_{name}': is_on for name, is_on in features.items()})
        settings.execute()

    def _sees_menu(self, user, name):
        menu = self.env.ref(f'aftersales_service.{name}')
        visible = self.env['ir.ui.menu'].with_user(user)._visible_menu_ids()
        while menu:
            if menu.id not in visible:
                return False
            menu = menu.parent_id
        return True

    def _get_form_names(self, user):
        arch = etree.fromstring(
            self.env['aftersales.order'].with_user(user).get_view(view_type='form')['arch'])
        return {node.get('name') for node in arch.iter('field', 'button')
                if node.get('invisible') not in ('1', 'True')
                and not any(True for __ in node.iterancestors('list', 'kanban'))}

    def test_new_database_shows_everything_but_outlets(self):
        for name, menus in MENUS.items():
            for menu in menus:
                with self.subTest(menu=menu):
                    self.assertEqual(
                        self._sees_menu(self.manager, menu), name != 'outlets')
        names = self._get_form_names(self.agent)
        for name, nodes in NODES.items():
            with self.subTest(feature=name):
                self.assertEqual(set(nodes) <= names, name != 'outlets')

    def test_each_switch_hides_its_own(self):
        for feature in [*NODES]:
            with self.subTest(feature=feature):
                self._switch(**{name: name != feature for name in NODES})
                names = self._get_form_names(self.agent)
                for name, nodes in NODES.items():
                    self.assertEqual(
                        names.intersection(nodes), set(nodes) if name != feature else set())
                for name, menus in MENUS.items():
                    for menu in menus:
                        self.assertEqual(
                            self._sees_menu(self.manager, menu), name != feature, menu)

    def test_small_firm_sees_orders_cards_and_policies(self):
        self._switch(**dict.fromkeys(NODES, False))
        for menu in ALWAYS:
            self.assertTrue(self._sees_menu(self.manager, menu), menu)
        root = self.env.ref('aftersales_service.aftersales_menu_root')
        names = self.env['ir.ui.menu'].search(
            [('id', 'child_of', root.id), ('action', '!=', False)]).get_external_id().values()
        # other modules have menus of their own below
        names = {name.removeprefix('aftersales_service.') for name in names
                 if name.startswith('aftersales_service.')}
        self.assertEqual(
            {name for name in names if self._sees_menu(self.agent, name)},
            {'aftersales_menu_overview', 'aftersales_menu_order_mine', 'aftersales_menu_order',
             'aftersales_menu_warranty', 'aftersales_menu_partner'})

    def _get_leaves(self, user):
        root = self.env.ref('aftersales_service.aftersales_menu_root')
        menus = self.env['ir.ui.menu'].search(
            [('id', 'child_of', root.id), ('action', '!=', False)])
        names = {name for menu, name in menus.get_external_id().items()
                 if name.startswith('aftersales_service.')}
        return {name for name in names
                if self._sees_menu(user, name.removeprefix('aftersales_service.'))}

    def test_small_firm_sees_few_fields_seven_stages_and_one_screen_of_settings(self):
        self._switch(**dict.fromkeys(NODES, False))
        order = self._create_order(
            type_id=self.type_on_site.id, user_id=self.agent.id).with_user(self.agent)
        self.assertLessEqual(len(order.bar_stage_ids), 7)
        order.action_next()
        self.assertIn(order.stage_id, order.bar_stage_ids)
        self._switch(**dict.fromkeys(NODES, True))
        order.invalidate_recordset(['bar_stage_ids'])
        self.assertNotIn('taken_to_shop', order.bar_stage_ids.mapped('state'))
        settings = self.env['res.config.settings']
        small = settings.new(
            {f'group_aftersales_{name}': False for name in NODES})
        self.assertTrue(small.is_aftersales_small)
        small.group_aftersales_returns = True
        self.assertFalse(small.is_aftersales_small)

    def test_consultations_show_no_stages_of_the_workshop(self):
        question = self._create_order(type_id=self.type_consultation.id, answer="Yes")
        self.assertTrue({'in_repair', 'taken_to_shop', 'dispatched'}.isdisjoint(
            question.bar_stage_ids.mapped('state')))

    def test_menus_are_few(self):
        self._switch(**dict.fromkeys(NODES, True))
        self.manager.group_ids += self.env.ref('base.group_system')
        for user, most in ((self.agent, 8), (self.manager, 45)):
            with self.subTest(user=user.login):
                self.assertLessEqual(len(self._get_leaves(user)), most)

    def test_tables_without_a_menu_stand_on_one_page(self):
        self._switch(**dict.fromkeys(NODES, True))
        overview = self.env['aftersales.overview']
        sections = overview.with_user(self.manager).get_configuration()
        actions = {link['id'] for section in sections for link in section['links']}
        for name in ('aftersales_slot_action', 'aftersales_peak_action',
                     'aftersales_trade_in_value_action', 'aftersales_pause_reason_action'):
            self.assertIn(self.env.ref(f'aftersales_service.{name}').id, actions)
        self._switch(**{name: name != 'clocks' for name in NODES})
        names = [section['name'] for section in overview.with_user(
            self.manager).get_configuration()]
        self.assertNotIn("Promises", names)
        for user in (self.agent, self.employee):
            with self.assertRaises(AccessError):
                overview.with_user(user).get_configuration()

    def test_today_counts_what_waits_for_each_role(self):
        late = self._create_order(
            date_planned='2020-01-02 09:00:00', type_id=self.type_on_site.id,
            user_id=self.agent.id)
        for user, name in ((self.agent, "My Open Orders"), (self.dispatcher, "Late")):
            today = self.env['aftersales.overview'].with_user(user).get_today()
            tile = next(tile for tile in today['tiles'] if tile['name'] == name)
            found = self.env['aftersales.order'].with_user(user).search(tile['domain'])
            self.assertIn(late, found)
            self.assertEqual(tile['count'], len(found))
        with self.assertRaises(AccessError):
            self.env['aftersales.overview'].with_user(self.employee).get_today()

    def test_empty_company_is_shown_five_steps(self):
        company = self.env['res.company'].create({'name': "New Company"})
        self.manager.company_ids += company
        overview = self.env['aftersales.overview'].with_user(self.manager).with_context(
            allowed_company_ids=company.ids)
        self.assertEqual(len(overview.get_today()['steps']), 5)
        self.env['aftersales.order'].create({'company_id': company.id})
        self.assertFalse(overview.get_today()['steps'])

    def test_role_still_counts_below_a_feature(self):
        self._switch(**dict.fromkeys(NODES, True))
        self.assertTrue(self._sees_menu(self.agent, 'aftersales_menu_workshop'))
        self.assertFalse(self._sees_menu(self.agent, 'aftersales_menu_visit'))
        self.assertFalse(self._sees_menu(self.agent, 'aftersales_menu_fault_rate'))
        self.assertFalse(self._sees_menu(self.agent, 'aftersales_menu_customer_grade'))

    def test_order_lives_on_without_the_features(self):
        self._switch(**dict.fromkeys(NODES, False))
        order = self._create_order(type_id=self.type_on_site.id)
        self._move_to(order, 'closed')
        self.assertTrue(order.date_closed)

    def test_hidden_promises_send_no_alert(self):
        cron = self.env.ref('aftersales_service.ir_cron_clock_alert')
        self._switch(clocks=False)
        self.assertFalse(cron.active)
        self._switch(clocks=True)
        self.assertTrue(cron.active)
