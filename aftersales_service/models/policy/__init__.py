from . import (
    aftersales_main_part,
    aftersales_warranty_exclusion,
    aftersales_warranty_policy,
    aftersales_warranty_policy_version,
    aftersales_warranty_remedy,
    aftersales_warranty_remedy_summary,
    aftersales_warranty_term,
    crm_team,
    product_category,
    product_product,
    product_template,
    res_partner,
)
