# others inherit from it
from . import aftersales_evidence_mixin  # isort: skip
from . import aftersales_hearing_mixin  # isort: skip
from . import aftersales_staff_data_mixin  # isort: skip
from . import (
    aftersales_erasure,
    aftersales_notice,
    aftersales_notice_erasure,
    aftersales_notice_flow,
    aftersales_notice_mixin,
    aftersales_offence,
    aftersales_sanction,
    res_company,
    res_config_settings,
)
