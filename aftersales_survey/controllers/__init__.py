from . import contact, export, feedback, portal_invitation, portal_outlet, survey, wave_answers
