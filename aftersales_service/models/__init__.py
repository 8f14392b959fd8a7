from . import base, clock, customer, order, outlet, platform, privacy, visit, warranty

# isort: split
# they extend the models above
from . import acceptance, accident, care, delivery, message, money, returns, verdict, workshop
from . import (
    acceptance,
    accident,
    care,
    cost,
    delivery,
    message,
    money,
    recall,
    trade_in,
    workshop,
)
