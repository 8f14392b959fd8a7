from . import base, clock, customer, order, outlet, visit, warranty

# isort: split
from . import acceptance, care, message, money  # they extend the models of the others
