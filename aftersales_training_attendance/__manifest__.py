{
    'name': "After-sales Training: Attendance",
    'version': '19.0.1.0.0',
    'summary': "Clocked hours fill in the days of work reports",
    'category': 'Services',
    'author': "After-sales Suite contributors",
    'license': 'LGPL-3',
    'depends': ['aftersales_training', 'hr_attendance'],
    'auto_install': True,
    'uninstall_hook': 'uninstall_hook',
}
