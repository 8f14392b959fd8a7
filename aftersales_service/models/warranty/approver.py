APPROVER = 'aftersales_service.group_aftersales_team_lead'  # who decides about promises
