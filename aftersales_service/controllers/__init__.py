from . import jobs, opening_data, portal, portal_request, portal_warranty
