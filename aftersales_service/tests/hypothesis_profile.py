"""The same examples on every run and on every machine, however slow.

Imported before the tests: ``given`` reads the profile when a test is defined.
"""
from hypothesis import HealthCheck, settings

settings.register_profile(
    'aftersales', derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile('aftersales')
