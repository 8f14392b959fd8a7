from . import aftersales_work_report
