from . import common, customer, order, outlet, warranty
