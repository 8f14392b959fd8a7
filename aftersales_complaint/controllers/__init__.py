from . import portal, portal_outlet, portal_party
