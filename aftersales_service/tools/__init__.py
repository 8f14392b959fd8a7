from . import area, capacity, contact, matching, order_flow, qr, warranty, worktime
