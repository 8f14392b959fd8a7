{
    'name': "Benchmark Floor",
    'summary': "The least a business document costs: chatter, activities, tracking, sequence",
    'version': '19.0.1.0.0',
    'category': 'Hidden',
    'license': 'LGPL-3',
    'author': "After-sales Suite contributors",
    'depends': ['mail'],
    'data': [
        'security/ir.model.access.csv',
        'data/bench_floor_data.xml',
        'views/bench_record_views.xml',
    ],
}
