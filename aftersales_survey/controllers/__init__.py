from . import export, feedback, portal_outlet, wave_answers
