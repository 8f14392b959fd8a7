# others inherit from it
from . import aftersales_supplier_claim_mixin  # isort: skip
from . import aftersales_claim, aftersales_claim_line, aftersales_inspection, aftersales_old_part
