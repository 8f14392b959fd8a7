from . import portal_old_parts
