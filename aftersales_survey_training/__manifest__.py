{
    'name': "After-sales Training: Satisfaction",
    'version': '19.0.1.0.0',
    'summary': "What customers answer in surveys counts in monthly scores",
    'category': 'Services',
    'author': "After-sales Suite contributors",
    'license': 'LGPL-3',
    'depends': ['aftersales_training', 'aftersales_survey'],
    'auto_install': True,
    'uninstall_hook': 'uninstall_hook',
}
