from . import aftersales_erasure, aftersales_erasure_period, aftersales_order, res_partner
