from . import aftersales_call_report
