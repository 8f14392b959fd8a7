from . import (
    area,
    capacity,
    contact,
    matching,
    order_flow,
    platform_columns,
    qr,
    returns,
    sheet,
    unit_doubt,
    warranty,
    worktime,
)
