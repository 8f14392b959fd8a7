from . import contact, export, feedback, portal_outlet, wave_answers
