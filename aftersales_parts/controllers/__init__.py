from . import jobs_request, portal_old_parts, portal_outlet_request
