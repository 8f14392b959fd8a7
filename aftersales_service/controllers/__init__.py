from . import jobs, portal, portal_request, portal_warranty
