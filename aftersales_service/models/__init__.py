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
