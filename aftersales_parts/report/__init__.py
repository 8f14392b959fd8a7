from . import aftersales_part_report
