"""What is public stays as it was published (C2); what isn't, is for its unit's staff."""

import io
from typing import Any

import PIL.Image
import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, PageViewRestriction, ReferenceIndex

from consultation.models import DecisionDraftPage, DraftAttachment
from portal.published_files import is_fixed
from publishing.enums import Role
from publishing.models import User
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.consultation import make_draft, publish_again

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FIRST, SECOND = "公布的内容".encode(), "换掉的内容".encode()


@pytest.fixture
def draft() -> DecisionDraftPage:
    return make_draft(unit=make_office("党政办"))


def make_document(draft: DecisionDraftPage, name: str = "map.txt") -> Document:
    return Document.objects.create(
        title="规划图",
        file=ContentFile(FIRST, name=name),
        collection=Collection.objects.get(name=draft.unit.name),
    )


def attach(draft: DecisionDraftPage, *, publish: bool = True) -> Document:
    document = make_document(draft)
    draft.attachments.add(DraftAttachment(title="规划图", document=document))
    revision = draft.save_revision()
    if publish:
        revision.publish()
    return document


def drop(draft: DecisionDraftPage) -> None:
    draft = DecisionDraftPage.objects.get(pk=draft.pk)
    draft.attachments.clear()
    draft.save_revision().publish()


def read(client: Client, document: Document) -> tuple[int, bytes, str]:
    reply = client.get(document.url)
    body = b"".join(reply.streaming_content) if reply.streaming else b""
    return reply.status_code, body, reply.get("Cache-Control", "")


def replace(client: Client, document: Document) -> Any:
    file = SimpleUploadedFile(document.filename, SECOND)
    typed = {"title": "新名称", "file": file, "tags": "", "collection": document.collection_id}
    return client.post(f"/cms/documents/edit/{document.pk}/", typed)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, None])
def test_the_file_of_a_live_draft_is_not_replaced(draft: DecisionDraftPage, role: Any) -> None:
    document = attach(draft)
    user = make_officer(draft.unit, role) if role else User.objects.create_superuser("chief")
    reply = replace(signed_in(user), document)
    assert "请上传为新的文件" in reply.content.decode()
    kept = Document.objects.get()
    assert (kept.title, kept.file.name, read(Client(), kept)[:2]) == (
        "规划图",
        document.file.name,
        (200, FIRST),
    )


def test_its_title_may_change_and_an_unpublished_file_is_replaced(
    draft: DecisionDraftPage,
) -> None:
    client = signed_in(make_officer(draft.unit, Role.EDITOR))
    document = attach(draft)
    typed = {"title": "新名称", "tags": "", "collection": document.collection_id}
    assert client.post(f"/cms/documents/edit/{document.pk}/", typed).status_code == 302
    assert Document.objects.get().title == "新名称"
    other = make_document(draft, "other.txt")
    assert replace(client, other).status_code == 302
    assert Document.objects.get(pk=other.pk).file.read() == SECOND


@pytest.mark.parametrize("after", ["live", "dropped", "taken off"])
def test_what_a_version_lists_is_not_deleted(draft: DecisionDraftPage, after: str) -> None:
    document = attach(draft)
    if after == "dropped":
        drop(draft)
    if after == "taken off":
        DecisionDraftPage.objects.get(pk=draft.pk).unpublish()
    client = signed_in(User.objects.create_superuser("chief"))
    for address in (
        f"documents/delete/{document.pk}/",
        f"documents/multiple/{document.pk}/delete/",
        f"bulk/wagtaildocs/document/delete/?id={document.pk}&next=/cms/",
    ):
        reply = client.post(f"/cms/{address}")
        words = "".join(str(message) for message in get_messages(reply.wsgi_request))
        told = words or reply.json()["error_message"]
        assert ("规划图" in told, "不能更换或删除" in told) == (True, True)
        assert Document.objects.get().file.read() == FIRST
    replace(client, document)
    assert Document.objects.get().file.read() == FIRST


def test_what_no_page_shows_is_deleted(draft: DecisionDraftPage) -> None:
    client = signed_in(User.objects.create_superuser("chief"))
    documents = [make_document(draft, f"{number}.txt") for number in range(3)]
    client.post(f"/cms/documents/delete/{documents[0].pk}/")
    client.post(f"/cms/documents/multiple/{documents[1].pk}/delete/")
    client.post(f"/cms/bulk/wagtaildocs/document/delete/?id={documents[2].pk}&next=/cms/")
    assert Document.objects.count() == 0


def test_a_file_that_the_explanation_links_to_is_as_fixed(draft: DecisionDraftPage) -> None:
    document = make_document(draft)
    link = f'<p><a linktype="document" id="{document.pk}">说明</a></p>'
    assert not is_fixed(document)
    publish_again(draft, explanation=link)
    replace(signed_in(make_officer(draft.unit, Role.EDITOR)), document)
    assert read(Client(), Document.objects.get())[:2] == (200, FIRST)


def test_a_picture_of_a_live_page_is_not_replaced(draft: DecisionDraftPage) -> None:
    """No page type has pictures yet: a reference stands for one."""
    picture = io.BytesIO()
    PIL.Image.new("RGB", (9, 9)).save(picture, "PNG")
    collection = Collection.objects.get(name=draft.unit.name)
    file = ContentFile(picture.getvalue(), name="a.png")
    image = Image.objects.create(title="图片", file=file, collection=collection)
    document = attach(draft)
    kind = ContentType.objects.get_for_model(Document)
    row = ReferenceIndex.objects.get(to_object_id=str(document.pk), to_content_type=kind)
    row.pk, row.to_content_type = None, ReferenceIndex._get_base_content_type(Image)
    row.to_object_id = str(image.pk)
    row.save()
    other = SimpleUploadedFile("a.png", picture.getvalue())
    typed = {"title": "图片", "file": other, "tags": "", "collection": collection.pk}
    client = signed_in(make_officer(draft.unit, Role.EDITOR))
    assert "请上传为新的文件" in client.post(f"/cms/images/{image.pk}/", typed).content.decode()
    client.post(f"/cms/images/{image.pk}/delete/")
    client.post(f"/cms/bulk/wagtailimages/image/delete/?id={image.pk}&next=/cms/")
    assert Image.objects.get().file.name == image.file.name


def test_everybody_reads_what_a_live_draft_and_its_versions_list(
    draft: DecisionDraftPage,
) -> None:
    document = attach(draft)
    assert read(Client(), document) == (200, FIRST, "public, max-age=30")
    drop(draft)
    assert read(Client(), document)[:2] == (200, FIRST)
    html = Client().get(f"{draft.url}versions/2/").content.decode()
    assert (document.url in html, "这一版的附件" in html) == (True, True)
    assert document.url not in Client().get(f"{draft.url}versions/3/").content.decode()


def test_a_public_file_costs_few_queries_and_no_session(draft: DecisionDraftPage) -> None:
    document = attach(draft)
    client = Client()
    client.get(document.url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        reply = client.get(document.url)
    # The document, its pages with their barriers (two), its collection with its barriers.
    assert (len(queries), reply.get("Vary")) == (6, None)


@pytest.mark.parametrize("state", ["never published", "taken off"])
def test_what_is_not_public_is_for_the_staff_of_its_unit(
    draft: DecisionDraftPage, state: str
) -> None:
    document = attach(draft, publish=state == "taken off")
    if state == "taken off":
        DecisionDraftPage.objects.get(pk=draft.pk).unpublish()
    stranger = signed_in(make_officer(make_office("农业办"), Role.EDITOR))
    desk = signed_in(make_officer(draft.unit, Role.FRONT_DESK))
    assert [read(client, document)[0] for client in (Client(), stranger, desk)] == [404] * 3
    for role in (Role.EDITOR, Role.REVIEWER):
        client = signed_in(make_officer(draft.unit, role))
        assert read(client, document) == (200, FIRST, "private, no-store")


def test_the_file_of_a_private_page_is_for_who_may_read_the_page(
    draft: DecisionDraftPage,
) -> None:
    document = attach(draft)
    kind = PageViewRestriction.PASSWORD
    rule = PageViewRestriction.objects.create(page=draft, restriction_type=kind, password="x")
    client = Client()
    assert read(client, document)[0] == 404
    typed = {"password": "x", "return_url": "/"}
    client.post(f"/_util/authenticate_with_password/{rule.pk}/{draft.pk}/", typed)
    assert read(client, document) == (200, FIRST, "private, no-store")
