from . import aftersales_erasure, aftersales_order, res_company, res_config_settings, res_partner
