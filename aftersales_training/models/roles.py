"""The groups of the training module that rules in Python ask for."""
COACH = 'aftersales_training.group_training_coach'  # holds sessions, signs practice checks
OFFICER = 'aftersales_training.group_training_officer'
PERFORMANCE = 'aftersales_training.group_performance_officer'  # monthly scores
# of the service module; leads are dispatchers as well
DISPATCHER = 'aftersales_service.group_aftersales_dispatcher'
TEAM_LEAD = 'aftersales_service.group_aftersales_team_lead'
