"""How hypothesis runs here: the same examples on every run and machine, however slow."""
from hypothesis import HealthCheck, settings

settings.register_profile(
    'aftersales', derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile('aftersales')
