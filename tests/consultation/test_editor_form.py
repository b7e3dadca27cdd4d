"""What the editor's form takes in: texts without what nobody sees, years that are meant, and no
page or file that is another unit's."""

import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import GroupCollectionPermission

from consultation.enums import Phase
from consultation.models import DecisionDraftPage
from consultation.services.results import create_result
from publishing.enums import Role
from publishing.models import Unit
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.consultation.test_gate_routes import form_of
from tests.factories.consultation import make_draft

pytestmark = pytest.mark.django_db
SECRET = "尚未公开"


@pytest.fixture
def office() -> Unit:
    return make_office("党政办")


@pytest.fixture
def page(office: Unit) -> DecisionDraftPage:
    return make_draft(Phase.UPCOMING, unit=office, live=False)


@pytest.fixture
def editor(office: Unit) -> Client:
    return signed_in(make_officer(office, Role.EDITOR))


def saved(client: Client, page: DecisionDraftPage, **changes: str) -> tuple[int, Any]:
    """The status of the answer, and the page as it is kept."""
    reply = client.post(f"/cms/pages/{page.pk}/edit/", form_of(page, **changes))
    return reply.status_code, latest(page)


def latest(page: DecisionDraftPage) -> Any:
    return DecisionDraftPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def rich(words: str, **entity: Any) -> str:
    """A text as the editor's script sends it; the entity is on the first two signs."""
    ranges = [{"offset": 0, "length": 2, "key": 0}] if entity else []
    block = {"key": "a", "text": words, "type": "unstyled", "depth": 0, "entityRanges": ranges}
    block["inlineStyleRanges"] = [{"offset": 3, "length": 1, "style": "BOLD"}]
    return json.dumps({"blocks": [block], "entityMap": {"0": entity} if entity else {}})


def test_a_title_holds_nothing_that_is_not_seen(page: DecisionDraftPage, editor: Client) -> None:
    status, kept = saved(editor, page, title="甲\x0b乙\u202e丙\r\n丁", summary="一\r\n二\u200b")
    assert (status, kept.title, kept.summary) == (302, "甲乙丙 丁", "一\n二")


def test_half_an_emoji_in_a_rich_text_loses_nothing(
    page: DecisionDraftPage, editor: Client
) -> None:
    status, kept = saved(editor, page, explanation=rich("甲\ud83d乙丙\x0b\u202e丁"))
    assert (status, kept.explanation) == (302, '<p data-block-key="a">甲\ufffd乙<b>丙</b> 丁</p>')


def test_half_an_emoji_in_a_table(page: DecisionDraftPage, editor: Client) -> None:
    place = f"body-{len([block for block in page.body if block.block_type != 'table'])}"
    form = form_of(page)
    table = {"data": [["甲\ud83d\x00", "乙"]], "first_row_is_table_header": True}
    more = {"type": "table", "id": "", "deleted": "", "order": place[5:], "value-label": ""}
    more |= {"value-heading": "表", "value-table": json.dumps(table)}
    form |= {f"{place}-{name}": value for name, value in more.items()}
    form["body-count"] = str(int(form["body-count"]) + 1)
    assert editor.post(f"/cms/pages/{page.pk}/edit/", form).status_code == 302
    kept = latest(page)
    assert kept.body[-1].value["table"]["data"] == [["甲", "乙"]]


@pytest.mark.parametrize("field", ["go_live_at", "expire_at", "opening_day", "closing_day"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_year_that_nobody_means_is_told(
    page: DecisionDraftPage, editor: Client, field: str, day: str
) -> None:
    chief = signed_in(make_officer(page.unit, Role.REVIEWER))
    written = f"{day} 00:00" if field.endswith("_at") else day
    reply = chief.post(f"/cms/pages/{page.pk}/edit/", form_of(page, **{field: written}))
    assert (reply.status_code, "年份不对，请核对。" in reply.content.decode()) == (200, True)


@pytest.mark.parametrize(("slug", "known"), [("poster", True), ("opinion", True), ("x", False)])
def test_a_result_does_not_lie_behind_its_drafts_own_addresses(
    office: Unit, slug: str, known: bool
) -> None:
    """Published, it was the poster that its address showed."""
    draft = make_draft(Phase.CLOSED, unit=office)
    result = create_result(draft=draft, user=make_officer(office, Role.EDITOR))
    form = {"title": result.title, "slug": slug, "introduction": rich("说明如下"), "outreach": ""}
    more = dict.fromkeys(("seo_title", "search_description", "content_source", "keywords"), "")
    comments = {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    chief = signed_in(make_officer(office, Role.REVIEWER))
    reply = chief.post(f"/cms/pages/{result.pk}/edit/", {**form, **more, **comments})
    assert reply.status_code == (200 if known else 302)
    assert not known or "上级页面自己用着这个网址" in reply.content.decode()


def foreign() -> tuple[DecisionDraftPage, Any]:
    """Another unit's unpublished draft and document."""
    unit = make_office("农业办")
    hidden = make_draft(Phase.OPEN, unit=unit, title=f"{SECRET}的草案", live=False)
    own = GroupCollectionPermission.objects.filter(group__in=unit.groups.all()).first()
    assert own is not None
    file = ContentFile(b"x", name="secret.txt")
    document = get_document_model().objects.create(
        title=f"{SECRET}的文件", file=file, collection=own.collection
    )
    return hidden, document


def chosen_rows(hidden: DecisionDraftPage, document: Any) -> dict[str, dict[str, str]]:
    def one(relation: str, name: str, pk: int) -> dict[str, str]:
        row = {"title": "x", name: str(pk), "ORDER": "1", "id": "", "DELETE": ""}
        named = {f"{relation}-0-{field}": value for field, value in row.items()}
        return {f"{relation}-TOTAL_FORMS": "1", f"{relation}-INITIAL_FORMS": "0", **named}

    file = {"type": "DOCUMENT", "mutability": "MUTABLE", "data": {"id": document.pk}}
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"id": hidden.pk}}
    return {
        "document": one("attachments", "document", document.pk),
        "page": one("interpretations", "interpretation", hidden.pk),
        "linked document": {"explanation": rich("链接和字", **file)},
        "linked page": {"explanation": rich("链接和字", **link)},
    }


@pytest.mark.parametrize("kind", ["document", "page", "linked document", "linked page"])
def test_what_is_another_units_is_not_found(
    page: DecisionDraftPage, editor: Client, kind: str
) -> None:
    """Chosen by its number, past the chooser: the editor would name it, and show its picture."""
    change = chosen_rows(*foreign())[kind]
    for more in ({}, {"title": ""}):
        form = form_of(page, **change, **more)
        assert editor.post(f"/cms/pages/{page.pk}/edit/", form).status_code == 404
    editor.post(f"/cms/pages/{page.pk}/edit/preview/", form)
    for place in ("edit/", "edit/preview/"):
        shown = editor.get(f"/cms/pages/{page.pk}/{place}").content.decode()
        assert SECRET not in shown
        assert "secret" not in shown


def test_what_stood_there_before_stays(page: DecisionDraftPage, editor: Client) -> None:
    """An administrator may choose everything, and the editor goes on with it."""
    _hidden, document = foreign()
    link = {"type": "DOCUMENT", "mutability": "MUTABLE", "data": {"id": document.pk}}
    kept = f'<p><a linktype="document" id="{document.pk}">附件</a></p>'
    page.explanation = kept
    page.save_revision()
    status, saved_page = saved(editor, page, explanation=rich("附件和字", **link))
    assert (status, f'id="{document.pk}"' in saved_page.explanation) == (302, True)
