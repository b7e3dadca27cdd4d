"""What every test stands on. Whoever needs more keeps it in a conftest of his own folder."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from hypothesis import settings

from portal import probes

ROOT = Path(__file__).resolve().parents[1]
SHARED_DOCUMENTS = ROOT.parent / "shared" / "documents"
# Folders whose tests need more than the units' environment carry its mark, whoever adds a file.
MARKED_FOLDERS = ("browser", "concurrency", "smoke")

# A busy machine makes single examples slow; that is no failure of what they test.
settings.register_profile("portal", deadline=None)
settings.load_profile("portal")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of the folders above, so that none slips into the units.

    A file's tests run on one worker. Those that commit run on one worker after all others: they
    leave a database without what the migrations put there.
    """
    for item in items:
        folders = item.path.relative_to(ROOT / "tests").parts
        for name in MARKED_FOLDERS:
            if name in folders:
                item.add_marker(name)
        group = "committing" if _commits(item) else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))


def pytest_unconfigure() -> None:
    """A worker of xdist ends without the finalizers that would remove its files."""
    if Path(tempfile.gettempdir()) in Path(django_settings.DATA).parents:
        shutil.rmtree(django_settings.DATA, ignore_errors=True)


def _commits(item: pytest.Item) -> bool:
    """Whether the test empties the database afterwards instead of rolling back."""
    mark = item.get_closest_marker("django_db")
    names = set(getattr(item, "fixturenames", ()))
    asked = mark is not None and mark.kwargs.get("transaction", False)
    return bool(asked or names & {"transactional_db", "live_server"})


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """No test sees what another one put into the cache of the process."""
    cache.clear()
    probes.check_migrations.cache_clear()


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
