from . import (
    aftersales_certificate_revoke,
    aftersales_quality_report,
    aftersales_score_run,
    aftersales_training_drop,
    aftersales_training_selection,
    hr_departure_wizard,
)
