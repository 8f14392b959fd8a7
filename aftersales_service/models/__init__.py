from . import common, customer, order, visit, warranty
