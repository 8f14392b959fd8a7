from . import (
    aftersales_accident,
    aftersales_job_action,
    aftersales_order,
    aftersales_visit_mobile,
    res_users,
)
