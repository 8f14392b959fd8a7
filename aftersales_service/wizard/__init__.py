from . import aftersales_clock_hold
