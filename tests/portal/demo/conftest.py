"""The demo takes long to load: all tests that look at it share one, on one worker."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from portal.demo.loading import load
from tests.factories.consultation import make_bare_site


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo, loaded once for all tests of this folder, and taken back at their end."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_bare_site()
        assert load() is True
        yield
        transaction.set_rollback(True)
