from . import portal, portal_outlet
