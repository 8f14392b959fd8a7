from . import base, clock, customer, order, outlet, visit, warranty

# isort: split
from . import accident, delivery, workshop  # they extend the visit and the order
