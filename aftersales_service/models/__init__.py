from . import clock, common, customer, order, warranty  # subjects on which the next ones build
