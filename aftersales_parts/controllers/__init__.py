from . import jobs_request, portal_outlet_request
