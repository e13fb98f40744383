"""For every test: properties are judged by what they find, never by how fast this machine is just now."""

from hypothesis import HealthCheck, settings

settings.register_profile("hall", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hall")
