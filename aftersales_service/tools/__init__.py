from . import (
    area,
    capacity,
    contact,
    cover_days,
    matching,
    order_flow,
    platform_columns,
    qr,
    sheet,
    unit_doubt,
    warranty,
    worktime,
)
