{
    'name': "After-sales Conduct",
    'version': '19.0.1.0.0',
    'summary': "Offences, notices of merit and demerit, and points of staff and outlets' technicians",
    'category': 'Human Resources',
    'author': "After-sales Suite contributors",
    'license': 'LGPL-3',
    'depends': ['aftersales_service', 'hr'],
    'data': [
        'security/aftersales_conduct_groups.xml',
    ],
}
