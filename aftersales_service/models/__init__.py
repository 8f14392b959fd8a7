from . import clock, common, customer, order, outlet, warranty
