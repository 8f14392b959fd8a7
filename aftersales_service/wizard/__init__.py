from . import aftersales_clock_hold, aftersales_fault_statistics
