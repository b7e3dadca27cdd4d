"""Files in an object storage, by the production settings, against a server that speaks S3."""

import io
import runpy
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from consultation.enums import Phase
from consultation.models import Submission, SubmissionAttachment
from people.storage import NoPublicAddress
from people.throttle import reset_limits
from portal.doctor.storage import examine_storage
from publishing.enums import Role
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.consultation import make_draft
from tests.factories.speaking import html_of, post, spoken
from tests.people.uploads.making import picture
from tests.portal.test_settings import COMPLETE, S3
from tests.servers.buckets import Buckets
from tests.servers.certificates import Certificate

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOT_STORED = "附件暂时无法保存。请去掉附件后重新提交，文字已经保留；附件可以改用其他途径送交。"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return Certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def buckets(
    certificate: Certificate, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Buckets]:
    """The server, and the storages of a production that was told of it."""
    server = Buckets(certificate)
    told = {
        **COMPLETE,
        **S3,
        "S3_BUCKET": server.public,
        "S3_PRIVATE_BUCKET": server.private,
        "S3_ENDPOINT": server.address,
        "AWS_CA_BUNDLE": str(certificate.authority),
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    production = runpy.run_module("portal.settings.production")
    settings.STORAGES = {**settings.STORAGES, **_two(production["STORAGES"])}
    field = SubmissionAttachment._meta.get_field("file")
    monkeypatch.setattr(field, "storage", storages["private"])
    reset_limits()
    yield server
    server.stop()


def _two(kept: dict[str, Any]) -> dict[str, Any]:
    return {alias: kept[alias] for alias in ("default", "private")}


@pytest.fixture
def away(buckets: Buckets) -> Buckets:
    """The server, gone."""
    buckets.stop()
    return buckets


def fetched(address: str, certificate: Certificate) -> bytes | int:
    """What a browser without any rights gets: the content, or a status."""
    trusting = ssl.create_default_context(cafile=certificate.authority)
    try:
        with urllib.request.urlopen(address, context=trusting) as answer:  # noqa: S310 - our own
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        return error.code


def shown(name: str, content: bytes) -> Any:
    """A picture of the site's."""
    file = ImageFile(io.BytesIO(content), name=name)
    return get_image_model().objects.create(title="图", file=file)


def handed_in(client: Client, draft: Any) -> SubmissionAttachment:
    """A citizen's opinion with a picture."""
    file = SimpleUploadedFile("现场照片.jpg", picture(), "image/jpeg")
    data = spoken(draft, "带照片的意见。", attachments=[file])
    assert post(client, draft, data).status_code == 200
    return SubmissionAttachment.objects.get()


def test_a_picture_is_read_by_its_signed_address_and_by_no_other(
    buckets: Buckets, certificate: Certificate
) -> None:
    content = picture("PNG")
    image = shown("便民服务中心 一楼.png", content)
    assert fetched(image.file.url, certificate) == content
    bare = image.file.url.partition("?")[0]
    assert bare.startswith(f"{buckets.address}/{buckets.public}/media/")
    assert fetched(bare, certificate) == 403


def test_chinese_names_survive_and_a_second_file_of_the_name_swaps_nothing(
    buckets: Buckets, client: Client
) -> None:
    model = get_document_model()
    first, second = (model(title=title) for title in ("一", "二"))
    first.file.save("征求意见稿 附图.txt", ContentFile(b"first"))
    second.file.save("征求意见稿 附图.txt", ContentFile(b"second"))
    first.refresh_from_db()
    assert first.file.name == "documents/征求意见稿_附图.txt"
    assert first.file.read() == b"first"
    unit = make_office("党政办")
    make_draft(unit=unit, explanation=f'<p><a linktype="document" id="{first.pk}">附图</a></p>')
    reply = client.get(first.url)
    assert (reply.status_code, b"".join(reply)) == (200, b"first")
    assert "%E5%BE%81%E6%B1%82" in reply["Content-Disposition"]


def test_what_citizens_hand_in_comes_through_the_view_alone(
    buckets: Buckets, certificate: Certificate, client: Client
) -> None:
    unit = make_office("党政办")
    file = handed_in(client, make_draft(unit=unit))
    with pytest.raises(NoPublicAddress):
        _ = file.file.url
    bare = f"{buckets.address}/{buckets.private}/private/{file.file.name}"
    assert fetched(bare, certificate) == 403
    address = reverse("desk:file", args=[file.pk])
    assert client.get(address).status_code == 302
    other = signed_in(make_officer(make_office("林业站"), Role.EDITOR))
    assert other.get(address).status_code == 404
    reply = signed_in(make_officer(unit, Role.EDITOR)).get(address)
    content = b"".join(reply.streaming_content)
    assert (reply.status_code, len(content), content[:3]) == (200, file.size, b"\xff\xd8\xff")


def test_what_is_deleted_is_gone(
    buckets: Buckets, certificate: Certificate, client: Client
) -> None:
    file = handed_in(client, make_draft())
    image = shown("图.png", picture("PNG"))
    address = image.file.url
    image.file.delete(save=False)
    file.file.delete(save=False)
    assert fetched(address, certificate) == 404
    left = buckets.client(str(certificate.authority)).list_objects_v2(Bucket=buckets.private)
    assert left["KeyCount"] == 0


def test_the_doctor_has_tried_both(buckets: Buckets) -> None:
    told = [f"{finding.subject} {finding.message}" for finding in examine_storage()]
    assert told == ["公开文件 可以读写。", "公众上传的材料 可以读写。"]


def test_nothing_is_asked_that_only_amazon_knows(buckets: Buckets, client: Client) -> None:
    handed_in(client, make_draft())
    asked = set().union(*buckets.headers)
    assert {name for name in asked if "TRAILER" in name or "CHECKSUM" in name} == set()


def test_a_store_that_is_away_refuses_the_file_and_keeps_the_words(
    away: Buckets, client: Client
) -> None:
    draft = make_draft(Phase.OPEN)
    files = [SimpleUploadedFile("现场照片.jpg", picture(), "image/jpeg")]
    data = spoken(draft, "写了很久的意见。", attachments=files)
    response = post(client, draft, data)
    page = html_of(response)
    assert (response.status_code, NOT_STORED in page) == (503, True)
    assert "写了很久的意见。</textarea>" in page
    assert Submission.objects.count() == 0
    assert post(client, draft, {**data, "attachments": []}).status_code == 200
    kinds = [finding.message for finding in examine_storage()]
    assert all(kind.startswith("不能读写") for kind in kinds)


def test_an_authority_that_is_not_known_is_no_store_of_ours(
    buckets: Buckets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = Certificate(tmp_path)
    monkeypatch.setenv("AWS_CA_BUNDLE", str(stranger.authority))
    assert [finding.message for finding in examine_storage()] == [
        "不能读写（SSLError）。请检查文件夹的权限或对象存储的设置。",
        "不能读写（StorageAway）。请检查文件夹的权限或对象存储的设置。",
    ]
