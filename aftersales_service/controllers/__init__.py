from . import (
    jobs,
    opening_data,
    portal,
    portal_outlet,
    portal_request,
    portal_return,
    portal_warranty,
)
