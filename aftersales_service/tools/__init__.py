from . import contact, matching, order_flow, warranty, worktime
