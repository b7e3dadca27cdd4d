from django.apps import AppConfig


class BareConfig(AppConfig):
    """The bare counterparts; installed in ``tests.benchmarks.settings`` only."""

    name = "tests.benchmarks.bare"
    label = "bare"
