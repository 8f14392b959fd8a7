from . import clock, common, customer, order, outlet, visit, warranty
