{
    'name': "After-sales Training",
    'version': '19.0.1.0.0',
    'summary': "Training by need, certificates that gate the dispatch, performance by live data",
    'category': 'Services',
    'author': "After-sales Suite contributors",
    'license': 'LGPL-3',
    'depends': ['aftersales_service', 'aftersales_conduct', 'hr_skills', 'survey'],
    'data': [
        'security/aftersales_training_groups.xml',
        'security/ir.model.access.csv',
        'security/aftersales_training_rules.xml',

        # courses, needs and plans (tr1)
        'data/aftersales_training_need_data.xml',
        'views/aftersales_training_course_views.xml',
        'views/aftersales_training_need_views.xml',
        'views/aftersales_training_requirement_views.xml',
        'report/aftersales_training_plan_templates.xml',
        'views/aftersales_training_plan_views.xml',
        'views/res_config_settings_need_views.xml',
        # end of tr1

        # sessions and attendance (tr2)
        'data/aftersales_training_session_data.xml',
        'report/aftersales_training_session_templates.xml',
        'views/aftersales_training_pages_templates.xml',
        'views/aftersales_training_trainer_views.xml',
        'views/aftersales_training_attendance_views.xml',
        'views/aftersales_training_session_views.xml',
        'views/aftersales_training_course_session_views.xml',
        'views/res_config_settings_session_views.xml',
        # end of tr2

        # checks, certificates and grades (tr3)
        'data/aftersales_grade_data.xml',
        'data/aftersales_certificate_data.xml',
        'report/aftersales_certificate_templates.xml',
        'views/aftersales_certificate_views.xml',
        'views/aftersales_certificate_page_templates.xml',
        'views/aftersales_training_check_views.xml',
        'views/aftersales_training_course_check_views.xml',
        'views/aftersales_grade_views.xml',
        'views/aftersales_qualification_matrix_views.xml',
        # end of tr3
        'views/aftersales_certificate_need_views.xml',

        # scores and work reports (tr4)
        'data/aftersales_score_data.xml',
        'data/aftersales_kpi_data.xml',
        'report/aftersales_score_templates.xml',
        'report/aftersales_work_report_templates.xml',
        'report/aftersales_quality_templates.xml',
        'views/aftersales_kpi_views.xml',
        'views/aftersales_score_views.xml',
        'views/aftersales_work_report_views.xml',
        'views/res_config_settings_score_views.xml',
        # end of tr4

        # conduct, tools and knowledge (tr5)
        'data/aftersales_knowledge_data.xml',
        'data/aftersales_offence_data.xml',
        'data/aftersales_training_conduct_data.xml',
        'data/aftersales_training_course_item_data.xml',
        'report/aftersales_tool_templates.xml',
        'report/aftersales_training_selection_templates.xml',
        'wizard/aftersales_training_selection_views.xml',
        'views/aftersales_tool_views.xml',
        'views/aftersales_article_views.xml',
        'views/aftersales_violation_views.xml',
        'views/aftersales_score_star_views.xml',
        'views/res_config_settings_privacy_views.xml',
        # end of tr5

        # the menus of all
        'views/aftersales_training_menus.xml',
    ],
    'demo': [
        # sessions and attendance (tr2)
        'demo/aftersales_training_session_demo.xml',
        # checks, certificates and grades (tr3)
        'demo/aftersales_certificate_demo.xml',
        # needs and plans (tr1), after the certificates that end
        'demo/aftersales_training_need_demo.xml',
        # scores and work reports (tr4)
        'demo/aftersales_score_demo.xml',
        # conduct, tools and knowledge (tr5)
        'demo/aftersales_knowledge_demo.xml',
    ],
    'assets': {
        'aftersales_service.assets_jobs': ['aftersales_training/static/src/jobs/**/*'],
        'web.assets_backend': [
            'aftersales_training/static/src/matrix/**/*',
        ],
        'web.assets_tests': ['aftersales_training/static/tests/tours/**/*'],
    },
    'application': True,
    'uninstall_hook': 'uninstall_hook',
}
