{
    'name': "After-sales Complaints",
    'version': '19.0.1.0.0',
    'summary': "Complaints from the first call to compensation, liability and prevention",
    'category': 'Services',
    'author': "After-sales Suite contributors",
    'license': 'LGPL-3',
    'depends': ['aftersales_service', 'aftersales_conduct', 'hr'],
    'data': [
        'security/aftersales_complaint_groups.xml',
        'security/ir.model.access.csv',
        'security/aftersales_complaint_rules.xml',

        # the case: stages, categories, rules as data
        'data/ir_sequence_data.xml',
        'data/aftersales_complaint_stage_data.xml',
        'data/aftersales_complaint_category_data.xml',
        'data/hr_department_data.xml',
        'data/aftersales_complaint_rule_data.xml',
        'data/aftersales_clock_data.xml',
        'views/aftersales_complaint_views.xml',
        'views/aftersales_complaint_stage_views.xml',
        'views/aftersales_complaint_category_views.xml',
        'views/aftersales_complaint_rule_views.xml',

        # loss, liability and penalties

        # claims, corrective actions and suggestions

        # the menus of all
        'views/aftersales_complaint_menus.xml',
    ],
    'application': True,
}
