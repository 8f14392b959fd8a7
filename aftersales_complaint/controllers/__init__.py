from . import portal, portal_party
