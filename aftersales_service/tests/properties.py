"""How hypothesis runs here: the same examples on every run and machine, however slow."""
import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    'aftersales', derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow],
    max_examples=int(os.environ.get('AFTERSALES_EXAMPLES', '30')))
settings.load_profile('aftersales')
