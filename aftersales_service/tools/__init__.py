from . import (
    area,
    capacity,
    checks,
    contact,
    matching,
    order_flow,
    platform_columns,
    qr,
    sheet,
    unit_doubt,
    warranty,
    worktime,
)
