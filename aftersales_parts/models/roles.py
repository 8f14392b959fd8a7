"""The groups of the parts module that rules in Python ask for."""
STOREKEEPER = 'aftersales_parts.group_parts_store'
PLANNER = 'aftersales_parts.group_parts_planner'
