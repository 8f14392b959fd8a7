from . import clock, common, customer, order, warranty
