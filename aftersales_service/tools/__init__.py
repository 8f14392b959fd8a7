from . import order_flow, qr, warranty
