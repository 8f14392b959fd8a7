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
        'data/mail_alias_data.xml',
        'data/mail_message_subtype_data.xml',
        'report/aftersales_complaint_templates.xml',
        'report/aftersales_complaint_reports.xml',
        'wizard/aftersales_complaint_contact_views.xml',
        'wizard/aftersales_complaint_merge_views.xml',
        'wizard/aftersales_complaint_split_views.xml',
        'views/aftersales_complaint_views.xml',
        'views/aftersales_complaint_stage_views.xml',
        'views/aftersales_complaint_category_views.xml',
        'views/aftersales_complaint_rule_views.xml',

        # loss, liability and penalties
        'security/aftersales_penalty_rules.xml',
        'data/aftersales_penalty_data.xml',
        'data/aftersales_complaint_share_data.xml',
        'data/aftersales_penalty_scheme_data.xml',
        'data/aftersales_minimum_wage_data.xml',
        'report/aftersales_penalty_templates.xml',
        'wizard/aftersales_penalty_counter_views.xml',
        'views/aftersales_complaint_loss_views.xml',
        'views/aftersales_complaint_liability_views.xml',
        'views/aftersales_complaint_liability_sheet_views.xml',
        'views/aftersales_complaint_rule_share_views.xml',
        'views/aftersales_penalty_scheme_views.xml',
        'views/aftersales_minimum_wage_views.xml',
        'views/aftersales_penalty_line_views.xml',
        'views/aftersales_penalty_views.xml',
        'views/aftersales_penalty_export_views.xml',
        'views/hr_views.xml',

        # claims, corrective actions and suggestions

        # the menus of all
        'views/aftersales_complaint_menus.xml',
    ],
    'application': True,
}
