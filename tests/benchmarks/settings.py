"""The production settings, as ``scripts/bench.py`` fills in their environment, and the bare app.

Nothing that costs time is switched off: pooled PostgreSQL, Redis, the whole middleware, hashed
static names, cached templates. The variables that make them complete stand in ``scripts/bench.py``.
"""

from portal.settings.production import *  # noqa: F403 - a settings module is the sum of its base
from portal.settings.production import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.contrib.forms", "tests.benchmarks.bare"]
