{
    'name': "After-sales Parts: Complaints",
    'version': '19.0.1.0.0',
    'summary': "Rejected receipts and failed parts become claims on their supplier",
    'category': 'Services',
    'author': "After-sales Suite contributors",
    'license': 'LGPL-3',
    'depends': ['aftersales_parts', 'aftersales_complaint'],
    'data': [
        'views/aftersales_inspection_views.xml',
        'views/aftersales_old_part_views.xml',
        'views/aftersales_claim_views.xml',
    ],
    'auto_install': True,
    'uninstall_hook': 'uninstall_hook',
}
