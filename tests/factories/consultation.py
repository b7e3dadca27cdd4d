"""Units, drafts, submissions and results for tests, made by the routes that people take.

The gate refuses a period that has already begun, so a draft in a later phase is published on a day
in the past (time-machine) and looked at today. Names, numbers and texts are invented.
"""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

import time_machine
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page, Site

from consultation.enums import Category, Channel, Outcome, Phase, Review
from consultation.models import (
    AdoptionResultPage,
    DecisionDraftPage,
    DecisionIndexPage,
    DraftBasis,
    DraftContact,
    DraftWay,
    Opinion,
    Response,
    Submission,
)
from consultation.services.opinions import review_opinions
from consultation.services.responses import Decision, decide_response, group_opinions
from consultation.services.results import create_result
from consultation.services.submissions import Arrival, SaidOpinion, Sender, submit_opinions
from people.models import PrivacyNotice
from portal.models import HomePage
from publishing.clauses.blocks import raw_stream
from publishing.clauses.clause import ClauseText, Row, fresh_id
from publishing.models import SiteProfile, Unit, User
from tests.factories.pages import put

# Days from the opening day to today, in each phase, for a period of PERIOD days.
PERIOD = 35
_OPENED_DAYS_AGO = {
    Phase.UPCOMING: -3,
    Phase.OPEN: 10,
    Phase.CLOSED: PERIOD + 2,
    Phase.OVERDUE: PERIOD + 60,
    Phase.ANSWERED: PERIOD + 20,
}
_numbers = count(1)


def make_home() -> HomePage:
    """The front page of the default site; the same one each time."""
    home = HomePage.objects.first()
    if home is None:
        root = Page.objects.get(depth=1)
        root.get_children().exclude(slug="front").delete()
        root = Page.objects.get(depth=1)
        home = root.add_child(instance=HomePage(title="测试镇", slug="front"))
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
        )
        Site.clear_site_root_paths_cache()
        SiteProfile.objects.update_or_create(
            site=Site.objects.get(), defaults={"host_organisation": "测试镇人民政府"}
        )
    return home


def make_bare_site() -> None:
    """The default site as the migrations leave it: Wagtail's welcome page, and nothing below."""
    welcome = Page.get_first_root_node().add_child(instance=Page(title="Welcome", slug="welcome"))
    Site.objects.filter(is_default_site=True).update(root_page=welcome)
    for home in HomePage.objects.all():
        Page.objects.get(pk=home.pk).delete()
    Site.clear_site_root_paths_cache()


def make_unit(name: str = "") -> Unit:
    """A unit of the default site."""
    make_home()
    name = name or f"测试办公室{next(_numbers)}"
    return Unit.objects.create(name=name, site=Site.objects.get(is_default_site=True))


def make_staff(unit: Unit, *, permissions: Sequence[Any] = (), username: str = "") -> User:
    """A member of staff in a group of the unit that holds the ``Permission`` rows given.

    Has no password: sign in with ``client.force_login``.
    """
    group = Group.objects.create(name=f"{unit.name}工作组{next(_numbers)}")
    group.permissions.set(permissions)
    unit.groups.add(group)
    user = User.objects.create_user(username=username or f"staff{next(_numbers)}", is_staff=True)
    user.groups.add(group)
    return user


def make_index(unit: Unit | None = None) -> DecisionIndexPage:
    """The site's column of drafts, or the unit's column below it; the same one each time."""
    home = make_home()
    site_column = DecisionIndexPage.objects.child_of(home).first() or home.add_child(
        instance=DecisionIndexPage(title="意见征集", slug="drafts", show_in_menus=True)
    )
    if unit is None:
        return site_column
    own = DecisionIndexPage.objects.child_of(site_column).filter(unit=unit).first()
    return own or site_column.add_child(
        instance=DecisionIndexPage(title=unit.name, slug=f"unit-{unit.pk}", unit=unit)
    )


def make_clauses(number: int = 3) -> list[ClauseText]:
    """A heading, so many clauses with runs of text, and a table."""
    clauses = [
        ClauseText(
            id=fresh_id(),
            kind="clause",
            label=f"第{position}条",
            text=f"测试条款{position}：镇便民服务中心每周六上午开放，办理时限为{position}个工作日。",
            level=2,
            commentable=True,
        )
        for position in range(1, number + 1)
    ]
    heading = ClauseText(id=fresh_id(), kind="heading", label="第一章", heading="总则", level=1)
    table = ClauseText(
        id=fresh_id(),
        kind="table",
        heading="办理时限表",
        commentable=True,
        rows=(Row(("事项", "时限"), header=True), Row(("换证", "3日"))),
    )
    return [heading, *clauses, table]


def make_draft(
    phase: Phase = Phase.OPEN,
    *,
    unit: Unit | None = None,
    title: str = "",
    clauses: Sequence[ClauseText] | None = None,
    closing_in: int | None = None,
    live: bool = True,
    **fields: Any,
) -> DecisionDraftPage:
    """A complete draft, published by its revision, that today is in the phase.

    ``closing_in`` puts the closing day so many days after today; ``live=False`` leaves it
    unpublished; other fields replace the defaults.
    """
    unit = unit or make_unit()
    make_notice()
    opening, closing = _period(phase, closing_in)
    number = next(_numbers)
    defaults = {
        "title": title or f"测试便民服务办法（征求意见稿）{number}",
        "slug": f"draft-{number}",
        "unit": unit,
        "opening_day": opening,
        "closing_day": closing,
        "body": raw_stream(make_clauses() if clauses is None else clauses),
    }
    draft = _complete_page(**{**defaults, **fields})
    # Before noon today's noon is to come, and what is saved next would be older than the draft.
    with time_machine.travel(min(_noon(opening), timezone.now())):
        stored: DecisionDraftPage = put(draft, make_index(unit), live=live)
    if phase == Phase.ANSWERED and live:
        make_result(stored)
        return DecisionDraftPage.objects.get(pk=stored.pk)
    return stored


def _period(phase: Phase, closing_in: int | None) -> tuple[date, date]:
    """The opening and the closing day."""
    today, period = timezone.localdate(), timedelta(days=PERIOD)
    if closing_in is not None:
        closing = today + timedelta(days=closing_in)
        return closing - period, closing
    opening = today - timedelta(days=_OPENED_DAYS_AGO[phase])
    return opening, opening + period


def _complete_page(**fields: Any) -> DecisionDraftPage:
    """A page that lacks nothing, not saved yet."""
    defaults = {
        "summary": "测试镇拟调整便民服务中心的开放时间和办理时限。",
        "category": Category.POLICY,
        "explanation": "<p>测试用的起草说明。</p>",
        "live": False,
    }
    draft = DecisionDraftPage(**{**defaults, **fields})
    draft.basis.add(DraftBasis(title="测试条例", document_number="测发〔2026〕1号"))
    draft.ways.add(DraftWay(channel=Channel.COUNTER, detail="测试镇便民服务中心一号窗口"))
    draft.contacts.add(DraftContact(office="测试办公室", phone="010-00000000"))
    return draft


def publish_again(draft: DecisionDraftPage, **fields: Any) -> DecisionDraftPage:
    """Publish the draft once more with changed fields: a new version, or an extension."""
    latest = DecisionDraftPage.objects.get(pk=draft.pk)
    for name, value in fields.items():
        setattr(latest, name, value)
    latest.save_revision().publish()
    return DecisionDraftPage.objects.get(pk=draft.pk)


def make_notice() -> PrivacyNotice:
    """A privacy notice in force for years; the same one each time."""
    notice, _made = PrivacyNotice.objects.get_or_create(
        version=1,
        defaults={
            "body": "<p>测试用的个人信息保护告知。</p>",
            "in_force_from": timezone.now() - timedelta(days=3650),
        },
    )
    return notice


def make_submission(
    draft: DecisionDraftPage,
    *texts: str,
    clauses: Sequence[str | None] = (),
    channel: Channel = Channel.WEB,
    held_for_review: bool = False,
    idempotency_key: uuid.UUID | None = None,
    **sender: str,
) -> Submission:
    """A submission with one opinion for each text, made on a day when the draft was open.

    ``clauses`` are block ids, one for each text (None: the whole draft); by default the first
    commentable clause.
    """
    texts = texts or ("建议延长周六的开放时间。",)
    first = next(clause.id for clause in draft.clauses if clause.commentable)
    places = list(clauses) or [first] * len(texts)
    number = next(_numbers)
    defaults = {"name": f"测试人{number}", "phone": f"1380000{number:04d}"}
    moment = timezone.now() if draft.is_open else _noon(draft.opening_day + timedelta(days=1))
    with time_machine.travel(moment):
        return submit_opinions(
            draft=draft,
            opinions=[
                SaidOpinion(text=text, block_id=uuid.UUID(place) if place else None)
                for text, place in zip(texts, places, strict=True)
            ],
            sender=Sender(**{**defaults, **sender}),
            idempotency_key=idempotency_key or uuid.uuid4(),
            arrival=Arrival(channel=channel, held_for_review=held_for_review),
            notice=make_notice() if channel == Channel.WEB else None,
        )


def make_opinion(
    draft: DecisionDraftPage, text: str = "建议增加办理窗口。", **more: Any
) -> Opinion:
    """The one opinion of a submission of its own."""
    return make_submission(draft, text, **more).opinions.get()


def make_response(
    opinions: Sequence[Opinion],
    *,
    outcome: Outcome | str = Outcome.ADOPTED,
    reason: str = "意见合理，已写入正文。",
    user: User | None = None,
) -> Response:
    """The opinions reviewed, grouped into one response, and decided unless outcome is empty."""
    user = user or make_staff(opinions[0].draft.unit)
    review_opinions(opinions=opinions, review=Review.REVIEWED, user=user)
    response = group_opinions(opinions=opinions, user=user)
    if not outcome:
        return response
    decision = Decision(summary=opinions[0].text, outcome=outcome, reason=reason)
    return decide_response(
        response=response, decision=decision, user=user, seen_revision=response.revision
    )


def make_result(draft: DecisionDraftPage) -> AdoptionResultPage:
    """The published adoption result of a draft whose opinions are all decided."""
    result = create_result(draft=draft, user=None)
    result.outreach = "张贴公告，并在村务公开栏公示。"
    result.save_revision().publish()
    return AdoptionResultPage.objects.get(pk=result.pk)


def _noon(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
