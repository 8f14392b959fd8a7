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

        # the menus of all
        'views/aftersales_parts_menus.xml',
    ],
    'application': True,
}
