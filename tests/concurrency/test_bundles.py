"""Joint releases in several processes on PostgreSQL: all pages are public at once, or none (P1)."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry
from wagtail.search.models import IndexEntry

from consultation.enums import Phase
from consultation.services.results import create_result
from interpretations.enums import BundleState
from interpretations.models import BundleMember, ReleaseBundle
from interpretations.services.bundle_release import (
    publish_bundle,
    publish_due_bundles,
    schedule_bundle,
)
from interpretations.services.bundles import create_bundle
from notify.models import Message
from portal.page_cache import forget_pages
from publishing.models import User
from tests.concurrency.forked import run_processes
from tests.factories.consultation import make_draft, make_opinion, make_response
from tests.factories.explaining import comic, make_interpretation, make_picture, panel
from tests.factories.interpretations import make_policy
from tests.factories.releasing import (
    Pair,
    approved,
    edited,
    make_pair,
    make_releasing_office,
    written_by,
)

LOOKS = 150


def publish(bundle_id: int, user_id: int) -> str:
    """The click on 发布, in a process of its own."""
    bundle = ReleaseBundle.objects.get(pk=bundle_id)
    return publish_bundle(bundle=bundle, user=User.objects.get(pk=user_id)).state


def publish_and_look_at_the_cache(bundle_id: int, user_id: int) -> bool:
    """Whether the pages that caches keep were forgotten."""
    cache.set("page-generation", "before", None)
    try:
        publish(bundle_id, user_id)
    except Exception:
        return bool(cache.get("page-generation") != "before")
    return bool(cache.get("page-generation") != "before")


def look_on(pks: list[int]) -> list[int]:
    """How many of the pages were public, each time that somebody looked."""
    seen = set()
    for _ in range(LOOKS):
        seen.add(Page.objects.filter(pk__in=pks, live=True).count())
        time.sleep(0.02)
    return sorted(seen)


@contextmanager
def refused_by_the_database(page: Any) -> Iterator[None]:
    """The row of this page can't become public: something breaks when others are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse_page() RETURNS trigger AS $$ BEGIN "
            "IF NEW.live THEN RAISE EXCEPTION 'no room'; END IF; RETURN NEW; END $$ "
            "LANGUAGE plpgsql"
        )
        cursor.execute(
            "CREATE TRIGGER refuse_page BEFORE UPDATE ON wagtailcore_page FOR EACH ROW "
            f"WHEN (NEW.id = {int(page.pk)}) EXECUTE FUNCTION refuse_page()"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER refuse_page ON wagtailcore_page")
        cursor.execute("DROP FUNCTION refuse_page")


def pictures() -> int:
    """The files that the task has made; unlike rows they are not taken back."""
    made = default_storage.exists("images")
    return len(default_storage.listdir("images")[1]) if made else 0


def effects(pages: list[Any]) -> dict[str, Any]:
    """What a publication leaves behind besides the pages."""
    keys = [str(page.pk) for page in pages]
    return {
        "live": Page.objects.filter(pk__in=keys, live=True).count(),
        "messages": Message.objects.count(),
        "pictures": pictures(),
        "log": PageLogEntry.objects.filter(action="wagtail.publish", page__in=keys).count(),
        "found": IndexEntry.objects.filter(object_id__in=keys, content_type__model__endswith="page")
        .filter(title__contains="同步")
        .count(),
        "versions": sum(page.versions.count() for page in pages if hasattr(page, "versions")),
    }


def make_four() -> Pair:
    """A policy, the result of its draft with people to tell, a comic and some answers; approved."""
    office = make_releasing_office(reviewed=False)
    draft = make_draft(Phase.CLOSED, unit=office.unit)
    make_response([make_opinion(draft, phone="13800000001", email="a@example.com")])
    result: Any = create_result(draft=draft, user=office.editor)
    result.outreach = "张贴公告。"
    result.save_revision(user=office.editor)
    policy = make_policy(unit=office.unit, live=False, needs_interpretation=True)
    drawn = [comic(panel(make_picture()))]
    explained = make_interpretation(policy, live=False, body=drawn, title="旧题")
    edited(explained, office.editor, title="同步公布的解读")
    written_by(policy, office.editor)
    last = make_interpretation(policy, live=False)
    written_by(last, office.editor)
    pages = [type(page).objects.get(pk=page.pk) for page in (policy, explained, result, last)]
    bundle = create_bundle(title="四个页面", pages=pages, user=office.editor)
    return approved(Pair(office, pages[0], pages[1], bundle, pages[2:]))


@pytest.mark.parametrize("number", [3, 4])
def test_a_later_page_fails_and_nothing_has_happened(number: int) -> None:
    """The third one, the comic, or the fourth, when pictures and messages wait already."""
    four = make_four()
    refused_page = {3: four.explained, 4: four.more[1]}[number]
    before = effects(four.pages)
    assert (before["live"], before["found"]) == (0, 0)
    call = partial(publish_and_look_at_the_cache, four.bundle.pk, four.office.reviewer.pk)
    with refused_by_the_database(refused_page):
        (refused, told), (_ok, forgotten) = run_processes(
            [partial(publish, four.bundle.pk, four.office.reviewer.pk), call]
        )
    title = refused_page.get_latest_revision_as_object().title
    assert (refused, title in told) == ("BundleRefused", True)
    assert (effects(four.pages), forgotten) == (before, False)
    assert ReleaseBundle.objects.get().state == BundleState.APPROVED
    assert run_processes([call]) == [("ok", True)]
    after = effects(four.pages)
    assert (after["live"], after["log"], after["found"], after["versions"]) == (4, 4, 1, 2)
    assert after["messages"] > before["messages"]
    assert after["pictures"] > before["pictures"]


def test_scheduler_and_click_together_publish_once_and_nobody_sees_half() -> None:
    pair = approved(make_pair(more=2))
    at, user = timezone.now() + timedelta(seconds=0.5), pair.office.reviewer
    schedule_bundle(bundle=pair.bundle, at=at, user=user)
    time.sleep(0.6)
    pks = [page.pk for page in pair.pages]
    click = partial(publish, pair.bundle.pk, user.pk)
    *endings, (_ok, seen) = run_processes(
        [publish_due_bundles, publish_due_bundles, click, click, partial(look_on, pks)]
    )
    clock = sum(value for kind, value in endings[:2] if kind == "ok")
    clicks = Counter(kind for kind, _value in endings[2:])
    assert (clock + clicks["ok"], clicks["ok"] + clicks["StateChanged"]) == (1, 2)
    assert seen in ([0, 4], [4])
    published = PageLogEntry.objects.filter(action="wagtail.publish", page__in=pks)
    assert sorted(published.values_list("page", flat=True)) == sorted(pks)
    assert ModelLogEntry.objects.filter(action="interpretations.bundle_published").count() == 1


def edit(page_id: int) -> None:
    """A program that changes the page while it is published."""
    page = Page.objects.get(pk=page_id).specific
    latest = page.get_latest_revision_as_object()
    latest.summary = "没有人批准过的话。"
    latest.save_revision()


@pytest.mark.parametrize("first", ["edit", "together"])
def test_what_was_not_approved_is_never_public(first: str) -> None:
    pair = approved(make_pair())
    click = partial(publish, pair.bundle.pk, pair.office.reviewer.pk)
    if first == "edit":
        run_processes([partial(edit, pair.explained.pk)])
        endings = run_processes([click])
        assert endings[0][0] == "BundleRefused"
        assert endings[0][1].startswith("改动过：")
        assert pair.live == [False, False]
    else:
        run_processes([click, partial(edit, pair.explained.pk)])
        assert pair.live in ([False, False], [True, True])
    assert Page.objects.get(pk=pair.explained.pk).specific.summary == "在哪里停、收多少钱。"


def put_together(title: str, pks: list[int], user_id: int) -> int:
    """The transaction stays open a moment, so that nobody sees the rival's pages in time."""
    pages = [Page.objects.get(pk=pk) for pk in pks]
    with transaction.atomic():
        made = create_bundle(title=title, pages=pages, user=User.objects.get(pk=user_id))
        time.sleep(1)
    return made.members.count()


def test_of_releases_that_want_one_page_one_wins() -> None:
    office = make_releasing_office(reviewed=False)
    policy = make_policy(unit=office.unit, live=False)
    others = [make_interpretation(policy, live=False) for _ in range(4)]
    calls = [
        partial(put_together, f"第{n}个", [other.pk, policy.pk], office.editor.pk)
        for n, other in enumerate(others)
    ]
    endings = run_processes(calls)
    assert Counter(kind for kind, _value in endings) == {"ok": 1, "BundleRefused": 3}
    assert (ReleaseBundle.objects.count(), BundleMember.objects.count()) == (1, 2)


def test_forgetting_waits_for_the_commit() -> None:
    """The control of the test above: outside of a transaction it happens at once."""
    cache.set("page-generation", "before", None)
    forget_pages()
    assert cache.get("page-generation") != "before"
