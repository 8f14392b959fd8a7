from . import matching, order_flow, warranty, worktime
