from . import (
    account_move,
    account_tax,
    aftersales_attached_mixin,
    aftersales_cached_mixin,
    aftersales_cached_name_mixin,
    aftersales_mobile_mixin,
    aftersales_opening_mixin,
    aftersales_photo_mixin,
    aftersales_smart_button_mixin,
    aftersales_state_mixin,
    aftersales_statistics_mixin,
    aftersales_typed_mixin,
    aftersales_version_mixin,
    digest_digest,
    ir_attachment,
    ir_fields_converter,
    ir_sequence,
    res_company,
    res_config_settings,
)

# isort: split
# it builds on the mixins above
from . import aftersales_credit_mixin
