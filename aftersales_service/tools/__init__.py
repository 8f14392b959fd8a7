from . import area, capacity, contact, matching, order_flow, warranty, worktime
