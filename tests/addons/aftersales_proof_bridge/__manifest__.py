{
    'name': "After-sales Service: Proof of an Inner Bridge (tests only)",
    'version': '19.0.1.0.0',
    'category': 'Hidden/Tests',
    'summary': "Installs itself where two modules of the suite meet; no use to users",
    'author': "After-sales Suite contributors",
    'license': 'LGPL-3',
    'depends': ['aftersales_proof', 'aftersales_service'],
    'auto_install': True,
}
