from . import portal_outlet, wave_answers
