"""A site with something on every page that the public can see, and the ways to get there."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import time_machine
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.mail import EmailMessage, get_connection
from django.test import override_settings
from playwright.sync_api import Page, expect
from wagtail.documents.models import Document

from consultation.enums import Outcome, Phase
from consultation.models import (
    AdoptionResultPage,
    DecisionDraftPage,
    DraftAttachment,
    Submission,
)
from interpretations.models import InterpretationPage, PolicyPage
from openday.models import EventPage, EventReportPage, SeatGroup
from people.throttle import reset_limits
from portal.mailbox import read_mails
from portal.models import HomePage
from publishing.clauses.blocks import raw_stream
from tests.browser.citizen import fill_contact
from tests.browser.public_events import (
    event_addresses,
    make_hearing_about,
    make_open_event,
    make_reported_event,
)
from tests.browser.public_information import make_information
from tests.browser.public_interpretations import (
    interpretation_addresses,
    make_public_interpretations,
)
from tests.browser.public_policies import make_public_policies, policy_addresses
from tests.factories.consultation import (
    make_clauses,
    make_draft,
    make_opinion,
    make_response,
    make_result,
    make_submission,
    publish_again,
)

AS_DEMO: dict[str, Any] = {"DEMO": True, "ROOT_URLCONF": "tests.browser.urls"}


@dataclass
class PublicSite:
    """What the ways below need to know of the content."""

    opened: DecisionDraftPage
    decided: DecisionDraftPage
    unheard: DecisionDraftPage
    result: AdoptionResultPage
    sent: Submission
    answered: Submission
    replayed: Submission
    seats: SeatGroup
    hearing: EventPage
    report: EventReportPage
    policy: PolicyPage
    interpretation: InterpretationPage


def make_site() -> PublicSite:
    """Drafts in all phases, results with and without opinions, a page, a mail."""
    reset_limits()
    make_information()
    clauses = make_clauses(12)
    opened = make_draft(Phase.OPEN, clauses=clauses)
    make_opinion(opened)
    rewritten = replace(clauses[2], text="测试条款二：周日也开放。")
    document = Document.objects.create(title="图", file=ContentFile(b"map", name="map.txt"))
    opened.attachments.add(DraftAttachment(title="规划图", document=document))
    opened.save_revision()
    opened.get_latest_revision().publish()
    opened = publish_again(opened, body=raw_stream([*clauses[:2], rewritten, *clauses[4:]]))
    for _number in range(12):
        make_draft(Phase.UPCOMING)
    decided = make_draft(Phase.CLOSED)
    answered = make_submission(decided, "要一条答复。", clauses=[None])
    make_response([answered.opinions.get()], outcome=Outcome.PARTLY)
    for outcome, number in ((Outcome.ADOPTED, 2), (Outcome.NOT_ADOPTED, 1)):
        make_response([make_opinion(decided) for _ in range(number)], outcome=outcome)
    make_mail()
    result = make_result(decided)
    policy = make_public_policies(result)
    return PublicSite(
        opened=opened,
        decided=decided,
        unheard=make_draft(Phase.ANSWERED),
        result=result,
        sent=make_submission(opened, *[f"可以撤回的意见{number}。" for number in range(4)]),
        answered=answered,
        replayed=make_submission(
            opened, "先写的。", idempotency_key=uuid.uuid4(), phone="13800001111"
        ),
        seats=make_open_event(),
        hearing=make_hearing_about(opened),
        report=make_reported_event(),
        policy=policy,
        interpretation=make_public_interpretations(policy),
    )


def make_mail() -> None:
    backend = "django.core.mail.backends.filebased.EmailBackend"
    connection = get_connection(backend, file_path=settings.EMAIL_FILE_PATH)
    text = "您的意见已收到。\n\n草案页面：http://localhost/drafts/"
    EmailMessage("意见回执", text, to=["reader@example.org"], connection=connection).send()


def addresses(site: PublicSite) -> dict[str, str]:
    """What is reached by its address alone."""
    opened = site.opened.url
    column = site.opened.get_parent().get_parent().url
    mail = read_mails(Path(settings.EMAIL_FILE_PATH))[0]
    return {
        "home": HomePage.objects.get().url,
        "column": column,
        "column, second page": f"{column}?page=2",
        "column, nothing found": f"{column}?phase=overdue",
        "draft": opened,
        "draft, answered": site.unheard.url,
        "draft, first version": f"{opened}versions/1/",
        "draft, redline": f"{opened}versions/2/",
        "draft, all of the redline": f"{opened}versions/2/?all=1",
        "draft, versions": f"{opened}versions/",
        "poster": f"{opened}poster/",
        "speaking": f"{opened}opinion/",
        "speaking too late": f"{site.decided.url}opinion/",
        "look-up": "/lookup/",
        "result": site.result.url,
        "result of zero opinions": site.unheard.result.url,
        "information": "/how/",
        "search": "/search/?q=测试",
        "search, nothing found": "/search/?q=没有这样的词",
        "search, too long": f"/search/?q={'长' * 101}",
        "site map": "/sitemap/",
        "style guide": "/styleguide/",
        "mails": "/mailbox/",
        "a mail": f"/mailbox/{mail.name}/",
        **event_addresses(site.seats),
        **reported_addresses(site),
        "behind a password": "/shut/",
        "log in": "/_util/login/?next=/shut/",
        "not found": "/nowhere/",
        "forbidden": "/forbidden/",
        "bad": "/bad/",
        "broken": "/broken/",
        "unreadable": "/unreadable/",
    }


def reported_addresses(site: PublicSite) -> dict[str, str]:
    """A hearing with its list of participants, what became of an event, policies, and what
    explains them."""
    own = {"hearing": site.hearing.url, "report": site.report.url}
    explained = interpretation_addresses(site.interpretation)
    return own | policy_addresses(site.policy) | explained


Way = Callable[[Page, str, PublicSite], None]


def refused(page: Page, prefix: str, site: PublicSite) -> None:
    page.goto(f"{prefix}{site.opened.url}opinion/")
    page.get_by_role("button", name="提交意见").last.click()
    expect(page.locator("[data-error-summary]")).to_be_visible()


def writing_a_note(page: Page, prefix: str, site: PublicSite) -> None:
    page.goto(prefix + site.opened.url)
    # The link becomes a button once its script is there; until then it leads to the form.
    page.locator("[data-clause][role=button]").first.click()
    expect(page.locator(".note textarea")).to_be_visible()


def receipt(page: Page, prefix: str, site: PublicSite) -> None:
    page.goto(f"{prefix}{site.opened.url}opinion/")
    page.get_by_label("意见内容").fill("建议周日也开放。")
    fill_contact(page)
    page.get_by_role("button", name="提交意见").last.click()
    expect(page.get_by_role("heading", name="已收到您的意见")).to_be_visible()


def receipt_again(page: Page, prefix: str, site: PublicSite) -> None:
    """What was written after the first sending is not in the receipt, and is given back."""
    page.goto(f"{prefix}{site.opened.url}opinion/")
    key = str(site.replayed.idempotency_key)
    page.locator("[name=idempotency_key]").evaluate("(field, key) => { field.value = key }", key)
    page.get_by_label("意见内容").fill("后写的。")
    fill_contact(page)
    page.get_by_role("button", name="提交意见").last.click()
    expect(page.get_by_text("下面的内容没有提交")).to_be_visible()


def closed_meanwhile(page: Page, prefix: str, site: PublicSite) -> None:
    page.goto(f"{prefix}{site.opened.url}opinion/")
    page.get_by_label("意见内容").fill("来不及提交的意见。")
    fill_contact(page)
    with time_machine.travel(site.opened.closes_at):
        page.get_by_role("button", name="提交意见").last.click()
        expect(page.get_by_role("heading", name="现在不能在网上提意见")).to_be_visible()


def look_up(page: Page, prefix: str, submission: Submission) -> None:
    page.goto(f"{prefix}/lookup/")
    page.get_by_label("回执编号").fill(submission.receipt.number)
    page.get_by_label("查询码").fill(submission.receipt.code)
    page.get_by_role("button", name="查询").click()


def own_opinions(page: Page, prefix: str, site: PublicSite) -> None:
    look_up(page, prefix, site.sent)
    expect(page.get_by_role("heading", name="我的意见", exact=True)).to_be_visible()


def own_opinions_answered(page: Page, prefix: str, site: PublicSite) -> None:
    look_up(page, prefix, site.answered)
    expect(page.get_by_text("部分采纳")).to_be_visible()


def withdrawing(page: Page, prefix: str, site: PublicSite) -> None:
    own_opinions(page, prefix, site)
    page.get_by_role("button", name=re.compile("^撤回")).first.click()
    expect(page.get_by_role("button", name="确定撤回")).to_be_visible()


def withdrawn(page: Page, prefix: str, site: PublicSite) -> None:
    withdrawing(page, prefix, site)
    page.get_by_role("button", name="确定撤回").click()
    expect(page.locator(".notice--success")).to_be_visible()


def looked_up_wrongly(page: Page, prefix: str, site: PublicSite) -> None:
    page.goto(f"{prefix}/lookup/")
    page.get_by_role("button", name="查询").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()


def looked_up_too_often(page: Page, prefix: str, site: PublicSite) -> None:
    once = {"lookup": {"person": ["1/hour"], "pair": ["1/hour"]}}
    with override_settings(THROTTLE_LIMITS=once):
        look_up(page, prefix, site.sent)
        look_up(page, prefix, site.sent)
        expect(page.get_by_text("操作过于频繁")).to_be_visible()


def left_too_long(page: Page, prefix: str, site: PublicSite) -> None:
    """The cookie against forgery is gone."""
    page.goto(f"{prefix}/lookup/")
    page.get_by_label("回执编号").fill("写了一半的编号")
    page.context.clear_cookies()
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("写了一半的编号")).to_be_visible()


WAYS: dict[str, Way] = {
    "speaking, refused": refused,
    "writing a note": writing_a_note,
    "receipt": receipt,
    "receipt again": receipt_again,
    "closed meanwhile": closed_meanwhile,
    "own opinions": own_opinions,
    "own opinions, answered": own_opinions_answered,
    "withdrawing": withdrawing,
    "withdrawn": withdrawn,
    "looked up wrongly": looked_up_wrongly,
    "looked up too often": looked_up_too_often,
    "left too long": left_too_long,
}
