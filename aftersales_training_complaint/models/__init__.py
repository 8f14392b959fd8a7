from . import (
    aftersales_capa,
    aftersales_capa_action,
    aftersales_complaint,
    aftersales_complaint_category,
    aftersales_kpi,
    aftersales_training_attendance,
    aftersales_training_need,
    aftersales_training_need_evidence,
)
