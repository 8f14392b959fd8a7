{
    'name': "After-sales Training: Complaints",
    'version': '19.0.1.0.0',
    'summary': "Complaints and corrective actions propose who needs which course",
    'category': 'Services',
    'author': "After-sales Suite contributors",
    'license': 'LGPL-3',
    'depends': ['aftersales_training', 'aftersales_complaint'],
    'data': [],
    'auto_install': True,
}
