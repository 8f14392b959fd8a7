from . import base, clock, customer, order, outlet, platform, privacy, visit, warranty

# isort: split
# they extend the models above
from . import (
    acceptance,
    accident,
    care,
    cost,
    delivery,
    message,
    money,
    recall,
    returns,
    trade_in,
    verdict,
    workshop,
)

# isort: split
# loaded last, so it is asked first: what the others note is not typed by the caller
from .order import aftersales_order_typed
