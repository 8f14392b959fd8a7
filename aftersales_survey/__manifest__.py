{
    'name': "After-sales Satisfaction",
    'version': '19.0.1.0.0',
    'summary': "Honest satisfaction figures, and a follow-up that closes the loop",
    'category': 'Services',
    'author': "After-sales Suite contributors",
    'license': 'LGPL-3',
    'depends': ['aftersales_service', 'survey'],
    'data': [
        'security/aftersales_survey_groups.xml',
        'security/ir.model.access.csv',
        'security/aftersales_survey_rules.xml',

        # questionnaires and answers (sv1)
        'views/survey_question_views.xml',
        'views/survey_survey_views.xml',
        'views/survey_user_input_views.xml',

        # waves, samples and invitations (sv2)

        # calls and loops (sv3)

        # results (sv4)
        'data/aftersales_survey_monitor_data.xml',
        'data/digest_data.xml',
        'report/aftersales_survey_report_views.xml',
        'views/aftersales_survey_monitor_views.xml',
        'views/digest_views.xml',
        'views/aftersales_survey_figures_views.xml',
        'views/aftersales_outlet_portal_templates.xml',
        'views/res_config_settings_results_views.xml',
        'report/aftersales_survey_chart_templates.xml',
        'report/aftersales_survey_wave_templates.xml',
        'report/aftersales_survey_statistics_templates.xml',
        'wizard/aftersales_survey_statistics_views.xml',

        # self-assessment, voices and contacts (sv5)

        # the menus of all
        'views/aftersales_survey_menus.xml',
    ],
    'assets': {
        'web.assets_backend': ['aftersales_survey/static/src/board/**/*'],
    },
    'application': True,
}
