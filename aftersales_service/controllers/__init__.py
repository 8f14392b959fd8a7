from . import (
    documents,
    export,
    import_templates,
    jobs,
    portal,
    portal_guest,
    portal_outlet,
    portal_outlet_charge,
    portal_recall,
    portal_request,
    portal_return,
    portal_warranty,
)
