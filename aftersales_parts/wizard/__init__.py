from . import aftersales_part_refusal
