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
        'views/product_views.xml',

        # demand and stock suggestions

        # part requests and transfers

        # receipt inspection and old parts
        'data/aftersales_inspection_data.xml',
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
        'views/res_config_settings_inspection_views.xml',

        # the menus of all
        'views/aftersales_parts_menus.xml',
    ],
    'assets': {
        'web.assets_backend': ['aftersales_parts/static/src/old_part_bench/**/*'],
    },
    'application': True,
}
