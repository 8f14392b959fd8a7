from . import aftersales_certificate_revoke
