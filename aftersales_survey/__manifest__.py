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
        'data/survey_data.xml',
        'wizard/aftersales_survey_answer_views.xml',
        'report/aftersales_survey_form_templates.xml',
        'views/feedback_templates.xml',
        'views/survey_question_views.xml',
        'views/survey_survey_views.xml',
        'views/survey_user_input_views.xml',
        'views/aftersales_outlet_mystery_views.xml',
        'views/res_partner_views.xml',
        'views/res_config_settings_views.xml',

        # waves, samples and invitations (sv2)
        'views/aftersales_survey_message_templates.xml',
        'data/aftersales_survey_wave_data.xml',
        'wizard/aftersales_survey_draw_views.xml',
        'views/aftersales_survey_invitation_views.xml',
        'views/aftersales_survey_invitation_portal_templates.xml',
        'views/aftersales_survey_wave_views.xml',

        # calls and loops (sv3)
        'data/aftersales_loop_data.xml',
        'data/aftersales_survey_call_data.xml',
        'views/aftersales_survey_call_views.xml',
        'views/aftersales_loop_rule_views.xml',
        'views/aftersales_loop_views.xml',
        'views/aftersales_follow_up_desk_views.xml',
        'views/aftersales_survey_wave_call_views.xml',
        'views/aftersales_survey_invitation_call_views.xml',
        'views/aftersales_order_call_views.xml',
        'views/res_config_settings_call_views.xml',

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
        'views/aftersales_survey_wave_report_views.xml',
        'report/aftersales_survey_statistics_templates.xml',
        'wizard/aftersales_survey_statistics_views.xml',

        # self-assessment, voices and contacts (sv5)

        # the menus of all
        'views/aftersales_survey_menus.xml',
    ],
    'demo': [
        'demo/aftersales_survey_wave_demo.xml',
        'demo/aftersales_survey_call_demo.xml',
        'demo/aftersales_survey_result_demo.xml',
    ],
    'assets': {
        'web.assets_backend': [
            'aftersales_survey/static/src/follow_up_desk/**/*',
            'aftersales_survey/static/src/board/**/*',
        ],
        'web.assets_tests': ['aftersales_survey/static/tests/tours/**/*'],
        'aftersales_survey.assets_feedback': ['aftersales_survey/static/src/feedback/**/*'],
    },
    'application': True,
}
