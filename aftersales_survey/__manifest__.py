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
        'views/feedback_templates.xml',
        'views/survey_question_views.xml',
        'views/survey_survey_views.xml',
        'views/survey_user_input_views.xml',
        'views/res_partner_views.xml',
        'views/res_config_settings_views.xml',

        # waves, samples and invitations (sv2)
        'views/aftersales_survey_message_templates.xml',
        'data/aftersales_survey_wave_data.xml',
        'wizard/aftersales_survey_draw_views.xml',
        'views/aftersales_survey_invitation_views.xml',
        'views/aftersales_survey_wave_views.xml',

        # calls and loops (sv3)

        # results (sv4)

        # self-assessment, voices and contacts (sv5)

        # the menus of all
        'views/aftersales_survey_menus.xml',
    ],
    'assets': {
        'aftersales_survey.assets_feedback': ['aftersales_survey/static/src/feedback/**/*'],
    },
    'application': True,
}
