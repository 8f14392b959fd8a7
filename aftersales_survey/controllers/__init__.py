from . import export, feedback, portal_invitation, portal_outlet, wave_answers
