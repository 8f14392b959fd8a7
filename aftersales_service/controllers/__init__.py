from . import portal, portal_warranty
