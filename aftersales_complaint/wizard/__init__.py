from . import aftersales_penalty_counter
