"""What every test stands on. Whoever needs more keeps it in a conftest of his own folder."""

import contextlib
import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadScopeScheduling

from portal import probes
from publishing.models import User
from scripts.machine import CHROMIUM_SWITCHES, find_chromium
from tests import migrated
from tests.factories.consultation import make_index
from tests.kept_rows import KeptRows

ROOT = Path(__file__).resolve().parents[1]
SHARED_DOCUMENTS = ROOT.parent / "shared" / "documents"
DEMO = "tests/portal/demo/"
# Folders whose tests need more than the units' environment carry its mark, whoever adds a file.
MARKED_FOLDERS = ("browser", "concurrency", "smoke")

# A busy machine makes single examples slow; that is no failure of what they test.
settings.register_profile("portal", deadline=None)
settings.load_profile("portal")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of the folders above, so that none slips into the units.

    Those that commit leave a database without what the migrations put there: pytest-django runs
    them behind all others, and each begins with it anew.
    """
    for item in items:
        folders = item.path.relative_to(ROOT / "tests").parts
        for name in MARKED_FOLDERS:
            if name in folders:
                item.add_marker(name)
        if _asks_pages(item):
            item.add_marker("slow")
        if _commits(item):
            commits = pytest.mark.django_db(transaction=True, serialized_rollback=True)
            item.add_marker(commits, append=False)


def pytest_collection_finish() -> None:
    """What is loaded by now stays; looking for garbage in it took a twelfth of the time."""
    gc.freeze()
    gc.set_threshold(50_000)


class SharedDemo(LoadScopeScheduling):
    """One test after the other to whichever worker is free; those of the demo all to one."""

    def _split_scope(self, nodeid: str) -> str:
        return DEMO if nodeid.startswith(DEMO) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Loading the demo takes longer than any test."""
    return SharedDemo(config, log)


def pytest_unconfigure() -> None:
    """A worker of xdist ends without the finalizers that would remove its files."""
    if Path(tempfile.gettempdir()) in Path(django_settings.DATA).parents:
        shutil.rmtree(django_settings.DATA, ignore_errors=True)


def _asks_pages(item: pytest.Item) -> bool:
    """Whether the test's file asks for pages through the whole stack, which takes longest."""
    names = set(getattr(item, "fixturenames", ()))
    known = vars(getattr(item, "module", None) or item)
    return bool(
        names & {"client", "admin_client", "desk"}
        or known.keys() & {"Client", "signed_in", "furnish"}
    )


def _commits(item: pytest.Item) -> bool:
    """Whether the test empties the database afterwards instead of rolling back."""
    mark = item.get_closest_marker("django_db")
    names = set(getattr(item, "fixturenames", ()))
    asked = mark is not None and mark.kwargs.get("transaction", False)
    return bool(asked or names & {"transactional_db", "live_server"})


@pytest.fixture(scope="session")
def template() -> migrated.Template | None:
    """What the migrations made last time; only for SQLite in memory."""
    return (
        migrated.Template(ROOT / ".pytest_cache" / "migrated") if migrated.is_in_memory() else None
    )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, template: migrated.Template | None
) -> Iterator[None]:
    """pytest-django's last step before Django makes the database, which finds one that is full."""
    with template.poured() if template else contextlib.nullcontext():
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    template: migrated.Template | None,
) -> None:
    """Besides what the migrations make, what nearly every test would make first.

    Tests that empty the database find it again, too.
    """
    with django_db_blocker.unblock():
        if template:
            template.keep()
        make_index()
        if hasattr(connection, "_test_serialized_contents"):
            connection._test_serialized_contents = connection.creation.serialize_db_to_string()
            if connection.vendor == "postgresql":
                rows = KeptRows()
                connection.creation.deserialize_db_from_string = rows.put_back
                connection.ops.execute_sql_flush = rows.empty


@pytest.fixture(scope="session", autouse=True)
def _tasks_are_known() -> None:
    """As in a worker: a task that is started by its name runs at once."""
    current_app.loader.import_default_modules()


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """No test sees what another one put into the cache of the process."""
    cache.clear()
    probes.check_migrations.cache_clear()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests. Skipped where there is none (CHROMIUM names it).

    Playwright's synchronous API keeps an event loop running in the thread of the tests, at which
    Django refuses the database to it. That guard is against blocking a loop that serves others;
    this one serves nobody but the waiting test.

    Beside a running loop Django also looks for its connections elsewhere. They are carried over:
    the tests before this one opened them, and they know what the tests that commit begin with.
    """
    chromium = find_chromium()
    if not chromium:
        pytest.skip("no Chromium; name one in CHROMIUM")
    opened = connections.all()
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        for each in opened:
            connections[each.alias] = each
        started = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_SWITCHES)
        yield started
        started.close()


@pytest.fixture
def admin(client: Client) -> Client:
    """The browser of the administrator ``chief``, who may do all."""
    client.force_login(User.objects.create_superuser("chief", "chief@example.com", "x"))
    return client


@pytest.fixture(scope="session")
def redis_url() -> str:
    """The Redis of ``make test``."""
    if not os.environ.get("REDIS_URL"):
        pytest.skip("no REDIS_URL")
    return os.environ["REDIS_URL"]


@pytest.fixture(scope="session")
def shared_documents() -> Path:
    """The folder of real official texts beside the checkout; skipped where there is none."""
    if not SHARED_DOCUMENTS.is_dir():
        pytest.skip("no ../shared/documents")
    return SHARED_DOCUMENTS
