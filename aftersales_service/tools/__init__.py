from . import area, capacity, order_flow, warranty
