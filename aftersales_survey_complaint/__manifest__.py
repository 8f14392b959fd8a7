{
    'name': "After-sales Satisfaction: Complaints",
    'version': '19.0.1.0.0',
    'summary': "A low rating opens a complaint, a closed complaint a second interview",
    'category': 'Services',
    'author': "After-sales Suite contributors",
    'license': 'LGPL-3',
    'depends': ['aftersales_survey', 'aftersales_complaint'],
    'data': [
        'data/aftersales_loop_rule_data.xml',
        'views/aftersales_loop_views.xml',
    ],
    'assets': {
        'web.assets_tests': ['aftersales_survey_complaint/static/tests/tours/**/*'],
    },
    'auto_install': True,
    'uninstall_hook': 'uninstall_hook',
}
