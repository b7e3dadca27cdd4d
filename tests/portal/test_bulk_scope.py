"""Wagtail's bulk actions and its admin API know of no other unit's unpublished work."""

import io
from typing import Any

import PIL.Image
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection

from consultation.enums import Phase
from consultation.models import DecisionDraftPage
from publishing.enums import Role
from publishing.models import User
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.consultation import make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SECRET = "尚未公开的标题"
ACTIONS = {
    "wagtailcore/page": ["publish", "unpublish", "delete", "move"],
    "wagtaildocs/document": ["delete", "add_tags", "add_to_collection"],
    "wagtailimages/image": ["delete", "add_tags", "add_to_collection"],
}
LISTS = {"wagtaildocs/document": "documents", "wagtailimages/image": "images"}


@pytest.fixture
def own() -> DecisionDraftPage:
    return make_draft(Phase.OPEN, unit=make_office("党政办"), title="自己的草案", live=False)


@pytest.fixture
def editor(own: DecisionDraftPage) -> Client:
    return signed_in(make_officer(own.unit, Role.EDITOR))


def make_file(model: Any, unit: str) -> Any:
    picture = io.BytesIO()
    PIL.Image.new("RGB", (9, 9)).save(picture, "PNG")
    file = ContentFile(picture.getvalue(), name="secret.png")
    return model.objects.create(
        title=SECRET, file=file, collection=Collection.objects.get(name=unit)
    )


@pytest.fixture
def foreign(own: DecisionDraftPage) -> dict[str, Any]:
    """A hidden page, a document and an image of another unit."""
    unit = make_office("农业办")
    return {
        "wagtailcore/page": make_draft(Phase.OPEN, unit=unit, title=SECRET, live=False),
        "wagtaildocs/document": make_file(Document, unit.name),
        "wagtailimages/image": make_file(Image, unit.name),
    }


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("kind", ACTIONS)
def test_by_its_id_it_is_not_found(
    editor: Client, foreign: dict[str, Any], kind: str, method: str
) -> None:
    for action in ACTIONS[kind]:
        address = f"/cms/bulk/{kind}/{action}/?id={foreign[kind].pk}&next=/cms/"
        assert getattr(editor, method)(address).status_code == 404


@pytest.mark.parametrize("kind", ACTIONS)
def test_among_all_it_is_not_named(editor: Client, foreign: dict[str, Any], kind: str) -> None:
    for action in ACTIONS[kind]:
        for query in ("id=all", f"id=all&q={SECRET}"):
            reply = editor.get(f"/cms/bulk/{kind}/{action}/?{query}&next=/cms/")
            assert (reply.status_code in (200, 404), SECRET in reply.content.decode()) == (
                True,
                False,
            )


def test_the_listing_of_another_units_column_is_left_to_what_is_seen(
    editor: Client, own: DecisionDraftPage, foreign: dict[str, Any]
) -> None:
    """Both units' columns lie below the site's: all of it are those that the editor sees."""
    theirs = foreign["wagtailcore/page"].get_parent()
    for column in (theirs, theirs.get_parent()):
        address = f"/cms/bulk/wagtailcore/page/delete/?id=all&childOf={column.pk}&q=的"
        assert SECRET not in editor.get(f"{address}&next=/cms/").content.decode()
    hidden = f"/cms/bulk/wagtailcore/page/delete/?id=all&childOf={foreign['wagtailcore/page'].pk}"
    assert editor.get(hidden).status_code == 404


def test_ones_own_pages_are_still_chosen(editor: Client, own: DecisionDraftPage) -> None:
    column = own.get_parent().pk
    for query in (f"id={own.pk}", f"id=all&childOf={column}"):
        reply = editor.get(f"/cms/bulk/wagtailcore/page/delete/?{query}&next=/cms/")
        assert (reply.status_code, own.title in reply.content.decode()) == (200, True)


@pytest.mark.parametrize("kind", LISTS)
def test_the_api_lists_ones_own_files(
    editor: Client, own: DecisionDraftPage, foreign: dict[str, Any], kind: str
) -> None:
    mine = make_file(type(foreign[kind]), own.unit.name)
    chief = signed_in(User.objects.create_superuser("chief", "chief@example.com", "x"))
    api = f"/cms/api/main/{LISTS[kind]}/"

    def ids(client: Client) -> list[int]:
        return [row["id"] for row in client.get(f"{api}?fields=id").json()["items"]]

    assert (ids(editor), ids(chief)) == ([mine.pk], [foreign[kind].pk, mine.pk])
    assert editor.get(f"{api}{mine.pk}/").status_code == 200
    assert editor.get(f"{api}{foreign[kind].pk}/").status_code == 404


def test_what_wagtail_would_fail_at_is_a_bad_request(editor: Client) -> None:
    assert editor.post("/cms/choose-external-link/").status_code == 400
    assert editor.get("/cms/api/main/pages/find/?id=²").status_code == 400
    link = {"external-link-chooser-url": "https://www.example.com/"}
    assert editor.post("/cms/choose-external-link/", link).status_code == 200
