{
    'name': "After-sales Service: Proof of Extension (tests only)",
    'version': '19.0.1.0.0',
    'category': 'Hidden/Tests',
    'summary': "Extends each hook of the service module as a further module would; no use to users",
    'author': "After-sales Suite contributors",
    'license': 'LGPL-3',
    'depends': ['aftersales_service'],
    'data': [
        'security/ir.model.access.csv',
        'security/aftersales_proof_rules.xml',
        'data/ir_sequence_data.xml',
        'data/aftersales_proof_stage_data.xml',
        'data/aftersales_proof_case_data.xml',
        'data/mail_alias_data.xml',
        'views/aftersales_proof_case_views.xml',
        'views/aftersales_proof_case_portal_templates.xml',
    ],
    'assets': {
        'aftersales_service.assets_jobs': ['aftersales_proof/static/src/jobs/**/*'],
    },
}
