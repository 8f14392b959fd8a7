from . import (
    area,
    capacity,
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
