from . import order_flow, warranty
