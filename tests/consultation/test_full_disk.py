"""A disk that is full: files are refused beside their field, words are kept, nothing half stays.

The disk is a real one of 1 MB, where the machine lets us mount one; and everywhere a real limit
of the kernel on the size of files, which fails in the same places.
"""

import random
import re
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from consultation.models import DecisionDraftPage, Submission, SubmissionAttachment
from people.storage import PrivateFileStorage
from people.throttle import reset_limits
from tests.factories.consultation import make_draft
from tests.factories.speaking import html_of, post, spoken

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MEGABYTE = 1024 * 1024
NO_ROOM = "服务器暂时存不下这个文件。请先不带附件提交，文件可以改用其他途径送交。"
NOT_STORED = "附件暂时无法保存。请去掉附件后重新提交，文字已经保留；附件可以改用其他途径送交。"


@pytest.fixture(params=["disk", "limit"])
def small(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """A folder that holds no more than 1 MB, and what must be entered while it is written to."""
    if request.param == "limit":
        yield tmp_path, one_megabyte_a_file
        return
    size = ["-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path)]
    if subprocess.run(["mount", *size], capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a file system")
    yield tmp_path, as_it_is
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


@contextmanager
def as_it_is() -> Iterator[None]:
    yield


@contextmanager
def one_megabyte_a_file() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MEGABYTE, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def draft() -> DecisionDraftPage:
    reset_limits()
    return make_draft()


def noise(megabytes: float, name: str) -> SimpleUploadedFile:
    """A picture that can't be packed: about so many megabytes, before and after it is checked."""
    side = int((megabytes * MEGABYTE / 3) ** 0.5)
    pixels = random.Random(side).randbytes(side * side * 3)
    target = BytesIO()
    Image.frombytes("RGB", (side, side), pixels).save(target, "PNG")
    return SimpleUploadedFile(name, target.getvalue(), "image/png")


def beside_the_field(page: str) -> str:
    """What stands as the error of the field for files, which the summary leads to."""
    assert 'href="#id_attachments"' in page
    found = re.search(r'id="id_attachments_error">([^<]*)<', page)
    assert found
    return found[1]


def test_a_file_that_finds_no_room_on_its_way_in(
    client: Client, draft: DecisionDraftPage, small: Any, settings: Any
) -> None:
    folder, limited = small
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)
    files = [noise(3, "现场.png"), noise(0.2, "小图.png")]
    data = spoken(draft, "写了很久的意见。", attachments=files)
    with limited():
        response = post(client, draft, data)
    page = html_of(response)
    assert response.status_code == 422
    assert beside_the_field(page) == f"“现场.png”：{NO_ROOM}"
    assert "写了很久的意见。</textarea>" in page
    assert (Submission.objects.count(), SubmissionAttachment.objects.count()) == (0, 0)
    assert [path.name for path in folder.rglob("*") if path.is_file()] == []
    with limited():
        assert post(client, draft, {**data, "attachments": []}).status_code == 200


def test_the_token_against_forgery_is_read_all_the_same(
    draft: DecisionDraftPage, small: Any, settings: Any
) -> None:
    """Django's check reads the form first: an error there would be a 500 for everybody."""
    folder, limited = small
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)
    strict = Client(enforce_csrf_checks=True)
    shown = html_of(strict.get(f"{draft.url}opinion/"))
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', shown)[0]
    data = spoken(draft, csrfmiddlewaretoken=token, attachments=[noise(3, "现场.png")])
    with limited():
        response = post(strict, draft, data)
    assert (response.status_code, NO_ROOM in html_of(response)) == (422, True)


def test_a_file_that_finds_no_room_where_files_are_kept(
    client: Client, draft: DecisionDraftPage, small: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, limited = small
    field = SubmissionAttachment._meta.get_field("file")
    monkeypatch.setattr(field, "storage", PrivateFileStorage(location=str(folder)))
    files = [noise(0.4, "小图.png"), noise(1.5, "大图.png")]
    data = spoken(draft, "带照片的意见。", attachments=files)
    with limited():
        response = post(client, draft, data)
    page = html_of(response)
    assert response.status_code == 503
    assert beside_the_field(page) == NOT_STORED
    assert "带照片的意见。</textarea>" in page
    assert (Submission.objects.count(), SubmissionAttachment.objects.count()) == (0, 0)
    assert [path.name for path in folder.rglob("*") if path.is_file()] == []
    with limited():
        assert post(client, draft, {**data, "attachments": []}).status_code == 200
    assert Submission.objects.get().opinions.get().text == "带照片的意见。"
