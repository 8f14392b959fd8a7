from . import aftersales_notice_points_report
