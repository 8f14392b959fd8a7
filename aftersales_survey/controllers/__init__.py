from . import feedback, portal_outlet, wave_answers
