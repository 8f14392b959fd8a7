from . import (
    aftersales_certificate,
    aftersales_training_attendance,
    aftersales_training_course,
    aftersales_training_session,
    roles,
)
