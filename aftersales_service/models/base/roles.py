"""The groups that rules in Python ask for."""
DISPATCHER = 'aftersales_service.group_aftersales_dispatcher'
TEAM_LEAD = 'aftersales_service.group_aftersales_team_lead'  # who decides
MANAGER = 'aftersales_service.group_aftersales_manager'
