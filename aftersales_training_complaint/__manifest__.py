{
    'name': "After-sales Training: Complaints",
    'version': '19.0.1.0.0',
    'summary': "Complaints and corrective actions propose who needs which course",
    'category': 'Services',
    'author': "After-sales Suite contributors",
    'license': 'LGPL-3',
    'depends': ['aftersales_training', 'aftersales_complaint'],
    'data': [
        'security/ir.model.access.csv',
        'security/aftersales_training_complaint_rules.xml',
        'views/aftersales_training_request_views.xml',
        'views/aftersales_complaint_views.xml',
        'views/aftersales_capa_views.xml',
    ],
    'assets': {
        'web.assets_tests': ['aftersales_training_complaint/static/tests/tours/**/*'],
    },
    'auto_install': True,
    'uninstall_hook': 'uninstall_hook',
}
