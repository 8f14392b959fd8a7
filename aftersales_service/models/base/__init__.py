from . import (
    account_move,
    account_tax,
    aftersales_cached_mixin,
    aftersales_cached_name_mixin,
    aftersales_document_access_mixin,
    aftersales_document_link_mixin,
    aftersales_guard_mixin,
    aftersales_image_mixin,
    aftersales_import_mixin,
    aftersales_legal_hold_mixin,
    aftersales_link_access_mixin,
    aftersales_mobile_mixin,
    aftersales_photo_mixin,
    aftersales_protected_mixin,
    aftersales_revocation_mixin,
    aftersales_signed_mixin,
    aftersales_smart_button_mixin,
    aftersales_state_mixin,
    aftersales_statistics_mixin,
    aftersales_version_mixin,
    base_import_import,
    digest_digest,
    ir_attachment,
    ir_binary,
    ir_default,
    mail_thread,
    res_company,
    res_config_settings,
)

# isort: split
# they build on those above
from . import aftersales_credit_mixin, aftersales_erasure_mixin, aftersales_number_mixin
