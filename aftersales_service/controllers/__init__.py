from . import jobs, portal, portal_outlet, portal_request, portal_warranty
