from . import base, clock, customer, order, outlet, platform, privacy, visit, warranty
