"""For every test: properties are judged by what they find, never by how fast this machine is just now."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("hall", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("hall"), max_examples=2000)
settings.load_profile(os.environ.get("HALL_PROPERTIES", "hall"))
