from . import common, customer, order, warranty
