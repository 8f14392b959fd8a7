from . import contact, feedback, portal_invitation, portal_outlet, survey, wave_answers
