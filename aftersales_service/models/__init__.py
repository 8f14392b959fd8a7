from . import base, clock, customer, order, outlet, visit, warranty
