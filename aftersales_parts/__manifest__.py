{
    'name': "After-sales Parts",
    'version': '19.0.1.0.0',
    'summary': "Spare parts: the right part in the right van, and what came out comes back",
    'category': 'Services',
    'author': "After-sales Suite contributors",
    'license': 'LGPL-3',
    'depends': ['aftersales_service', 'purchase_stock'],
    'data': [
        'security/aftersales_parts_groups.xml',
        'security/ir.model.access.csv',
        'security/aftersales_parts_rules.xml',

        # part master and classes
        'data/aftersales_part_policy_data.xml',
        'data/aftersales_parts_activity_data.xml',
        'data/aftersales_parts_cron_data.xml',
        'report/aftersales_part_label_templates.xml',
        'views/aftersales_part_fit_views.xml',
        'views/aftersales_part_supersession_views.xml',
        'views/aftersales_part_policy_views.xml',
        'views/aftersales_part_class_views.xml',
        'views/product_views.xml',
        'views/aftersales_order_views.xml',
        'views/repair_order_views.xml',
        'views/stock_location_views.xml',

        # demand and stock suggestions
        'data/aftersales_part_demand_data.xml',
        'views/aftersales_part_demand_views.xml',
        'wizard/aftersales_part_refusal_views.xml',
        'views/aftersales_part_suggestion_views.xml',
        'views/aftersales_part_season_views.xml',
        'views/product_product_last_buy_views.xml',
        'views/product_product_rotable_views.xml',

        # part requests and transfers
        'data/aftersales_part_request_data.xml',
        'report/aftersales_part_request_templates.xml',
        'views/aftersales_part_request_views.xml',
        'views/aftersales_part_request_portal_templates.xml',
        'views/stock_quant_count_views.xml',

        # receipt inspection and old parts
        'data/aftersales_inspection_data.xml',
        'data/aftersales_old_part_data.xml',
        'data/aftersales_inspection_plan_data.xml',
        'report/aftersales_inspection_templates.xml',
        'report/aftersales_old_part_templates.xml',
        'views/aftersales_inspection_views.xml',
        'views/aftersales_inspection_state_views.xml',
        'views/aftersales_inspection_plan_views.xml',
        'views/aftersales_old_part_views.xml',
        'views/aftersales_old_part_disposal_views.xml',
        'views/aftersales_old_part_box_views.xml',
        'views/aftersales_old_part_portal_templates.xml',
        'views/aftersales_order_old_parts_views.xml',
        'views/stock_picking_inspection_views.xml',
        'views/res_partner_views.xml',
        'views/res_config_settings_views.xml',

        # reporting
        'report/aftersales_part_report_views.xml',
        'report/aftersales_part_cost_templates.xml',
        'report/aftersales_provider_report_views.xml',
        'wizard/aftersales_part_cost_views.xml',
        'data/digest_data.xml',
        'data/spreadsheet_dashboard_data.xml',
        'views/digest_views.xml',

        # the menus of all
        'views/aftersales_parts_menus.xml',
    ],
    'demo': ['demo/aftersales_parts_demo.xml'],
    'assets': {
        'aftersales_service.assets_jobs': ['aftersales_parts/static/src/jobs/**/*'],
        'web.assets_backend': [
            'aftersales_parts/static/src/suggestion/**/*',
            'aftersales_parts/static/src/old_part_bench/**/*',
        ],
        'web.assets_tests': ['aftersales_parts/static/tests/tours/**/*'],
    },
    'application': True,
    'uninstall_hook': 'uninstall_hook',
}
