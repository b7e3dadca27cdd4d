"""The demo tells the whole way, never ages, and shows nothing of its citizens."""

import re
import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from consultation.enums import Channel, Outcome, Phase
from consultation.models import DecisionDraftPage, Opinion, Submission
from consultation.services.results import count_opinions
from consultation.services.submissions import SaidOpinion, Sender, submit_opinions
from notify.models import Message
from people.models import Contact, PrivacyNotice
from people.receipts import find_receipt
from portal.demo import LOGINS
from portal.demo.ageing import PLANNED, date_fields, move_back, rows_of
from portal.demo.content import DemoRefused, build_township
from portal.demo.drafts import find_clause
from portal.demo.loading import load, look_ups
from portal.demo.tasks import keep_demo_young
from publishing.models import SiteProfile, Unit, User

pytestmark = pytest.mark.slow
STORIES = {"meals": Phase.OPEN, "waste": Phase.CLOSED, "parking": Phase.ANSWERED}
CLOSING = r"征求意见截止：(\d+)年(\d+)月(\d+)日24时"
TWELVE_DAYS = timedelta(days=12)


@pytest.fixture
def demo(loaded: None, db: None) -> dict[str, DecisionDraftPage]:
    """The three drafts by their addresses."""
    return {slug: DecisionDraftPage.objects.get(slug=slug) for slug in STORIES}


def dates_of(draft: DecisionDraftPage) -> dict[tuple[str, int, str], Any]:
    """Every date that belongs to the draft, those in stored revisions included."""
    found: dict[tuple[str, int, str], Any] = {}
    for rows in rows_of(draft):
        for field in date_fields(rows.model):
            for pk, value in rows.values_list("pk", field.name):
                found[rows.model.__name__, pk, field.name] = value
    return found


def test_each_draft_stands_in_its_phase(demo: dict[str, DecisionDraftPage]) -> None:
    assert {slug: draft.phase for slug, draft in demo.items()} == STORIES
    today = timezone.localdate()
    assert (today - demo["meals"].opening_day).days == 10
    assert (demo["meals"].closing_day - today).days == 22
    assert (today - demo["waste"].closing_day).days == 6
    commentable = [sum(c.commentable for c in draft.clauses) for draft in demo.values()]
    assert commentable == [24, 25, 16]


def test_figures_reconcile(demo: dict[str, DecisionDraftPage]) -> None:
    figures = {slug: count_opinions(draft=draft) for slug, draft in demo.items()}
    for counts in figures.values():
        assert counts["received"] == sum(n for name, n in counts.items() if name != "received")
    assert [figures[slug]["received"] for slug in STORIES] == [14, 61, 18]
    assert figures["parking"]["open"] == 0
    assert all(figures["parking"][outcome.value] for outcome in Outcome)
    assert demo["parking"].result.figures == figures["parking"]
    assert sum(row["count"] for row in demo["parking"].result.table) == 17


def test_the_one_being_decided_shows_all_there_is_to_do(demo: dict[str, Any]) -> None:
    draft = demo["waste"]
    channels = set(draft.submissions.values_list("channel", flat=True))
    assert channels == set(Channel.values)
    stages = {opinion.stage for opinion in draft.opinions.all()}
    assert stages == {"待审核", "已审核", "不予公开", "已撤回", "已拆分", "已归入"}
    assert {response.is_decided for response in draft.responses.all()} == {True, False}
    assert [version.number for version in draft.versions.all()] == [2, 1]
    assert [change.reason != "" for change in draft.period_changes.all()] == [False, True]
    assert draft.submissions.filter(received_on__gt=draft.closing_day).count() == 0
    late = [s for s in draft.submissions.all() if s.created_at > draft.closes_at]
    assert [s.channel for s in late] == [Channel.LETTER]


def test_nothing_that_has_happened_lies_in_the_future(demo: dict[str, Any]) -> None:
    present = timezone.now()
    for draft in demo.values():
        for (_model, _pk, field), value in dates_of(draft).items():
            if value is not None and field not in PLANNED:
                limit = present if isinstance(value, datetime) else timezone.localdate()
                assert value <= limit, (draft.slug, field)


def test_history_lies_on_the_days_on_which_it_happened(demo: dict[str, Any]) -> None:
    for draft in demo.values():
        first = draft.versions.last().published_at
        revision = Revision.page_revisions.filter(object_id=str(draft.pk)).order_by("pk").first()
        published = PageLogEntry.objects.filter(page=draft.pk, action="wagtail.publish")
        times = [
            first,
            draft.first_published_at,
            revision.created_at,
            min(published.values_list("timestamp", flat=True)),
            draft.period_changes.first().announced_at,
        ]
        assert {timezone.localdate(moment) for moment in times} == {draft.opening_day}
    parking, today = demo["parking"], timezone.localdate()
    assert (today - timezone.localdate(parking.result.frozen_at)).days == 18
    decided = parking.responses.get(number=1).decided_at
    logged = ModelLogEntry.objects.filter(action="consultation.decide").order_by("timestamp")
    assert (timezone.localdate(decided) - parking.opening_day).days == 36
    assert timezone.localdate(logged.first().timestamp) == timezone.localdate(decided)


def test_everything_happened_in_daylight(demo: dict[str, Any]) -> None:
    today = timezone.localdate()
    for draft in demo.values():
        for (_model, _pk, field), value in dates_of(draft).items():
            if isinstance(value, datetime) and field not in PLANNED | {"next_try_at"}:
                local = timezone.localtime(value)
                assert 9 <= local.hour < 20 or local.date() == today, (draft.slug, field)
        attachments = draft.attachments.all()
        assert all(row.document.file_size for row in attachments)


def test_opinions_come_before_what_is_done_with_them(demo: dict[str, Any]) -> None:
    for opinion in Opinion.objects.exclude(reviewed_at=None).select_related("submission"):
        assert opinion.reviewed_at > opinion.submission.created_at
    for submission in Submission.objects.select_related("draft", "receipt"):
        local = timezone.localtime(submission.created_at)
        assert submission.receipt.number.startswith(f"{local:%Y%m%d}-")
        assert submission.draft.opens_at <= submission.created_at


def test_moving_back_moves_every_date_by_as_many_days(demo: dict[str, Any]) -> None:
    for draft in demo.values():
        before = dates_of(draft)
        move_back(draft, 3)
        days = timedelta(days=3)
        assert dates_of(draft) == {key: value and value - days for key, value in before.items()}


def test_every_row_of_a_draft_that_has_dates_is_moved(demo: dict[str, Any]) -> None:
    moved = {rows.model for rows in rows_of(demo["meals"])}
    own = {relation.related_model for relation in DecisionDraftPage._meta.related_objects}
    dated = {model for model in own if model._meta.app_label == "consultation"}
    assert {model for model in dated if date_fields(model)} <= moved


def test_the_editor_opens_with_the_dates_of_the_page(demo: dict[str, Any]) -> None:
    for draft in demo.values():
        stored = draft.get_latest_revision_as_object()
        assert (stored.opening_day, stored.closing_day) == (draft.opening_day, draft.closing_day)
        assert draft.live_revision_id == draft.latest_revision_id
        assert draft.has_unpublished_changes is False
        content = draft.latest_revision.content
        assert content["opening_day"] == draft.opening_day.isoformat()
        assert stored.publish_blockers() == []


def test_messages_that_wait_name_a_closing_day_of_today(demo: dict[str, Any]) -> None:
    """The one that was announced when they were written: of waste there are two."""
    named = {slug: set() for slug in demo}
    for slug, draft in demo.items():
        for row in Message.objects.filter(kind="receipt", contact__submissions__draft=draft):
            # A letter that is entered after closing names none.
            for year, month, day in re.findall(CLOSING, row.body):
                named[slug].add(date(int(year), int(month), int(day)))
    announced = {
        slug: set(draft.period_changes.values_list("closing_day", flat=True))
        for slug, draft in demo.items()
    }
    assert named == announced
    assert [len(named[slug]) for slug in STORIES] == [1, 2, 1]


def test_a_second_run_changes_nothing(demo: dict[str, Any]) -> None:
    before = {slug: dates_of(draft) for slug, draft in demo.items()}
    counts = [model.objects.count() for model in (Page, User, Opinion, Message, Unit)]
    assert load() is False
    assert {slug: dates_of(draft) for slug, draft in demo.items()} == before
    assert [model.objects.count() for model in (Page, User, Opinion, Message, Unit)] == counts


def test_twelve_days_later_it_is_as_young_as_before(demo: dict[str, Any]) -> None:
    before = {slug: dates_of(draft) for slug, draft in demo.items()}
    with time_machine.travel(timezone.now() + TWELVE_DAYS):
        assert load() is False
        for slug, draft in demo.items():
            fresh = DecisionDraftPage.objects.get(pk=draft.pk)
            assert fresh.phase == STORIES[slug]
            assert dates_of(fresh) == {
                key: value and value + TWELVE_DAYS for key, value in before[slug].items()
            }
            stored = fresh.get_latest_revision_as_object()
            assert stored.closing_day == fresh.closing_day == draft.closing_day + TWELVE_DAYS


def test_a_demo_that_runs_for_days_moves_along_by_itself(demo: dict[str, Any]) -> None:
    with time_machine.travel(timezone.now() + TWELVE_DAYS):
        keep_demo_young.delay()
        phases = {slug: DecisionDraftPage.objects.get(slug=slug).phase for slug in STORIES}
    assert phases == STORIES


def test_what_a_visitor_added_moves_along_but_not_into_the_future(demo: dict[str, Any]) -> None:
    start = timezone.now()
    with time_machine.travel(start + timedelta(days=9)):
        added = submit_opinions(
            draft=demo["meals"],
            opinions=[SaidOpinion("再加一条意见。")],
            sender=Sender(phone="19900000098"),
            idempotency_key=uuid.uuid4(),
            notice=PrivacyNotice.objects.current(),
        )
    with time_machine.travel(start + TWELVE_DAYS, tick=False):
        load()
        moved = Submission.objects.get(pk=added.pk)
        assert moved.created_at == timezone.now()
        assert moved.received_on == timezone.localdate()
        assert moved.opinions.get().text == "再加一条意见。"
        assert moved.receipt.number == added.receipt.number


def test_every_receipt_to_try_is_found(demo: dict[str, Any]) -> None:
    rows = look_ups()
    assert [row.draft for row in rows] == [draft.title for draft in demo.values()]
    assert [find_receipt(row.number, row.code).number for row in rows] == [r.number for r in rows]


def test_everybody_can_sign_in_and_works_for_their_units(demo: dict[str, Any]) -> None:
    for username, password, _role in LOGINS:
        assert Client().login(username=username, password=password)
    units = {user.username: Unit.objects.of(user).count() for user in User.objects.all()}
    assert units == {"editor": 1, "reviewer": 3, "frontdesk": 2, "admin": 3}
    assert SiteProfile.objects.get().unset_fields() == []


def test_clauses_are_named_without_doubt(demo: dict[str, Any]) -> None:
    assert find_clause(demo["meals"], "第二十条").label == "第二十条"
    with pytest.raises(LookupError, match="0 clauses"):
        find_clause(demo["meals"], "第九十条")
    with pytest.raises(LookupError, match="5 clauses"):
        find_clause(demo["waste"], "（一）")


def test_only_a_demo_loads_it(demo: dict[str, Any], settings: Any, capsys: Any) -> None:
    with pytest.raises(CommandError, match="不是演示环境"):
        call_command("load_demo")
    settings.DEMO = True
    call_command("load_demo")
    said = capsys.readouterr().out
    assert "日期已移到今天" in said
    assert all(row.number in said and row.code in said for row in look_ups())


def test_another_site_is_left_alone(demo: dict[str, Any]) -> None:
    pages = Page.objects.count()
    with pytest.raises(DemoRefused, match="已有内容"):
        build_township()
    assert Page.objects.count() == pages


def addresses(draft: DecisionDraftPage) -> list[str]:
    """The draft's page and what belongs to it."""
    numbers = draft.versions.values_list("number", flat=True)
    ends = ["opinion/", "versions/", "poster/", *(f"versions/{number}/" for number in numbers)]
    return [draft.url + end for end in ends]


def test_every_page_answers_and_hides_who_spoke(demo: dict[str, Any], client: Client) -> None:
    pages = [page.url for page in Page.objects.live().filter(depth__gt=1)]
    more = [address for draft in demo.values() for address in addresses(draft)]
    secrets = {row.phone.removeprefix("+86") for row in Contact.objects.all()}
    secrets |= {row.email for row in Contact.objects.all()} | {"19900000099"}
    secrets.discard("")
    assert len(secrets) > 60
    for address in [*pages, *more, "/lookup/", "/feed/", "/sitemap.xml", "/search/?q=垃圾"]:
        response = client.get(address)
        assert response.status_code == 200, address
        text = response.content.decode()
        assert [secret for secret in secrets if secret in text] == [], address
    assert "199****0099" in client.get(demo["parking"].result.url).content.decode()
