from . import aftersales_fault_statistics
