from . import contact, feedback
