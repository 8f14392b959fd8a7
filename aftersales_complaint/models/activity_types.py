"""The types of the activities that steps of a complaint give and end."""
NEXT_STEP = 'aftersales_complaint.mail_activity_next_step'
REMINDER = 'mail.mail_activity_data_todo'  # reminders and alerts of promises: they end with a step
CALL = 'mail.mail_activity_data_call'
