{
    'name': "After-sales Service: Coupons",
    'version': '19.0.0.1.0',
    'summary': "Returned goods are settled by a gift card or an eWallet",
    'category': 'Services',
    'author': "After-sales Suite contributors",
    'license': 'LGPL-3',
    'depends': ['aftersales_service', 'sale_loyalty'],
    'data': [
        'security/ir.model.access.csv',
        'views/aftersales_return_views.xml',
        'views/aftersales_return_portal_templates.xml',
        'views/res_config_settings_views.xml',
    ],
    'demo': ['demo/aftersales_service_loyalty_demo.xml'],
    'auto_install': True,
    'uninstall_hook': 'uninstall_hook',
}
