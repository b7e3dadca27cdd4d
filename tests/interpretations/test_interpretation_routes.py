"""Every form and every route: an interpretation is public only whole and, where the site asks for
it, reviewed by somebody else (rules P2, R1, R2)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from interpretations.models import InterpretationPage
from publishing.gates import PublishBlocked
from publishing.models import ReviewRule
from tests.factories.explaining import (
    block,
    comic,
    fresh,
    infographic,
    make_interpretation,
    make_interpretation_index,
    make_interpreting_office,
    make_picture,
    panel,
    question,
    questions,
    story,
)
from tests.factories.reviewing import ReviewedOffice, approve, approve_all, hand_in
from tests.interpretations.posting import form_of
from tests.publishing.refused_routes import (
    by_bulk,
    by_bulk_from_the_column,
    by_revision,
    by_schedule,
    by_script_save,
    by_workflow,
    latest,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Route = Callable[[InterpretationPage, Client], str]

# One thing missing in each form, and how it is named.
LACKING: dict[str, tuple[Callable[[], dict[str, Any]], str]] = {
    "comic": (lambda: comic(panel(make_picture(), alt="")), "第1格缺少替代文字"),
    "questions": (lambda: questions(question("收费吗？", "")), "第1问没有写回答"),
    "story": (lambda: story(result=""), "没有写结果"),
    "video": (lambda: block("video", video=None, clauses=[]), "没有选视频"),
    "infographic": (lambda: infographic(text=""), "缺少文字说明"),
}


def by_editor(page: InterpretationPage, client: Client) -> str:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = form_of(latest(page), **{"action-publish": "1"})
    return client.post(address, data, follow=True).content.decode()


def by_creating(page: InterpretationPage, client: Client) -> str:
    """Create-and-publish of another page of the same content; the form is kept as a draft."""
    column = page.get_parent()
    names = ["interpretations", "interpretationpage", column.pk]
    data = form_of(latest(page), is_new=True, slug="made-anew", **{"action-publish": "1"})
    reply = client.post(reverse("wagtailadmin_pages:add", args=names), data, follow=True)
    made = InterpretationPage.objects.get(slug="made-anew")
    assert (made.live, len(made.get_latest_revision_as_object().body)) == (False, len(page.body))
    return reply.content.decode()


ROUTES: list[Route] = [
    by_script_save,
    by_revision,
    by_editor,
    by_creating,
    by_bulk,
    by_bulk_from_the_column,
    by_schedule,
    by_workflow,
]


# The gate is asked by the route and asks the form: every route by one, every form by one.
PAIRS = [("comic", route) for route in ROUTES] + [(form, by_editor) for form in [*LACKING][1:]]


@pytest.mark.parametrize(("form", "route"), PAIRS, ids=lambda one: getattr(one, "__name__", one))
def test_an_incomplete_one_stays_unpublished(form: str, route: Route, admin: Client) -> None:
    make, missing = LACKING[form]
    page = make_interpretation(live=False, body=[make()])
    words = route(page, admin)
    assert (missing in words, fresh(page).live) == (True, False)


def test_a_whole_one_with_all_forms_is_published_by_the_editor(admin: Client) -> None:
    picture = make_picture()
    body = [
        comic(panel(picture), panel(picture, lines=[])),
        questions(question("收费吗？", "<p>不收，<b>免费</b>。</p>")),
        story(),
        infographic(),
        block("words", text="<p>字。</p>"),
        block("quote", words="话。", source="镇里"),
        block("table", caption="时限", table={"data": [["事项", "时限"], ["办证", "3日"]]}),
    ]
    changes = [{"before": "无", "after": "有", "since": "5月1日起"}]
    page = make_interpretation(live=False, body=body, changes=changes)
    by_editor(page, admin)
    stored = fresh(page)
    assert (stored.live, [one.block_type for one in stored.body]) == (
        True,
        [one["type"] for one in body],
    )
    kept = [one["id"] for one in stored.body.raw_data]
    assert kept == [one["id"] for one in body]
    panels = stored.body.raw_data[0]["value"]["panels"]
    assert [one["id"] for one in panels] == [one["id"] for one in body[0]["value"]["panels"]]


@pytest.fixture
def office() -> ReviewedOffice:
    return make_interpreting_office()


def written(office: ReviewedOffice, **fields: Any) -> InterpretationPage:
    """Complete, written by the office's editor, not public."""
    page = make_interpretation(unit=office.unit, live=False, owner=office.editor, **fields)
    page.save_revision(user=office.editor)
    return fresh(page)


UNREVIEWED = "还没有通过"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
def test_without_review_nothing_is_public(
    route: Route, admin: Client, office: ReviewedOffice
) -> None:
    page = written(office)
    words = route(page, admin)
    assert fresh(page).live is False
    assert UNREVIEWED in words or "须先送审" in words


@pytest.mark.parametrize("form", ["comic", "questions", "story", "infographic"])
def test_every_form_goes_out_with_both_sign_offs_and_not_after_an_edit(
    form: str, office: ReviewedOffice
) -> None:
    whole = {
        "comic": lambda: comic(panel(make_picture())),
        "questions": lambda: questions(question("收费吗？")),
        "story": story,
        "infographic": infographic,
    }
    page = written(office, body=[whole[form]()])
    hand_in(page, office.editor)
    approve_all(page, office)
    assert fresh(page).live is True
    changed = fresh(page)
    changed.body[0].value["title"] = "批准以后改过的"
    changed.body.raw_data  # noqa: B018 - as it is stored
    changed.save_revision(user=office.editor)
    with pytest.raises(PublishBlocked, match="内容有改动，请重新送审"):
        fresh(page).get_latest_revision().publish()


def test_who_wrote_it_does_not_approve_it(office: ReviewedOffice) -> None:
    page = written(office)
    changed = latest(page)
    changed.summary = "审核人改过的说明。"
    changed.save_revision(user=office.reviewer)
    hand_in(page, office.editor)
    with pytest.raises(Exception, match="不能由您审查"):
        approve(page, office.reviewer)
    assert fresh(page).live is False
    approve(page, office.second)
    approve(page, office.second)
    assert fresh(page).live is True


def test_an_open_find_in_any_form_is_refused(office: ReviewedOffice) -> None:
    ReviewRule.objects.update(page_types=[])
    phone = "13800001234"
    bodies = [
        comic(panel(make_picture(), description=f"请打{phone}。")),
        questions(question("找谁？", "<p>请打138<b>0000</b>1234。</p>")),
        story(what=f"打了{phone}。"),
        infographic(text=f"请打{phone}。"),
    ]
    for body in bodies:
        page = written(office, body=[body])
        with pytest.raises(PublishBlocked, match="疑似个人信息（手机号）"):
            page.get_latest_revision().publish()


def test_a_column_of_its_own_makes_the_unit_the_pages(admin: Client) -> None:
    page = make_interpretation()
    names = ["interpretations", "interpretationpage", make_interpretation_index(page.unit).pk]
    form = admin.get(reverse("wagtailadmin_pages:add", args=names)).context["form"]
    assert form["unit"].value() == page.unit_id
