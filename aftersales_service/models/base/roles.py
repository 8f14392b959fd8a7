"""The groups that rules in Python ask for."""
AGENT = 'aftersales_service.group_aftersales_agent'  # takes calls
TECHNICIAN = 'aftersales_service.group_aftersales_technician'
DISPATCHER = 'aftersales_service.group_aftersales_dispatcher'
TEAM_LEAD = 'aftersales_service.group_aftersales_team_lead'  # decides
MANAGER = 'aftersales_service.group_aftersales_manager'
