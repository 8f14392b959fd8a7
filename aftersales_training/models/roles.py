"""The groups of the training module that rules in Python ask for."""
COACH = 'aftersales_training.group_training_coach'  # holds sessions, signs practice checks
OFFICER = 'aftersales_training.group_training_officer'
PERFORMANCE = 'aftersales_training.group_performance_officer'  # monthly scores
