from . import aftersales_quality_report, aftersales_score_run
