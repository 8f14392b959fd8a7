from . import contact, export, feedback, portal_invitation, portal_outlet, wave_answers
