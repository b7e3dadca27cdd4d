import re
import socket
import stat

import pytest
from botocore.config import Config
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from people.storage import (
    NoPublicAddress,
    PrivateFileStorage,
    PrivateS3Storage,
    StorageAway,
    private_name,
)


def test_a_private_file_has_no_address(tmp_path):
    storage = PrivateFileStorage(location=tmp_path)
    name = storage.save("a.pdf", ContentFile(b"x"))
    with pytest.raises(NoPublicAddress, match="权限"):
        storage.url(name)
    with pytest.raises(NoPublicAddress):
        PrivateS3Storage(bucket_name="b", access_key="k", secret_key="s").url(name)


def test_only_the_server_may_read_the_file(tmp_path):
    storage = PrivateFileStorage(location=tmp_path)
    name = storage.save("2026/11/a.pdf", ContentFile(b"x"))
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "2026" / "11").stat().st_mode) == 0o700


def test_a_bucket_that_is_away_is_told_as_a_disk_would_be():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        storage = PrivateS3Storage(
            bucket_name="b",
            access_key="k",
            secret_key="s",
            endpoint_url=f"http://127.0.0.1:{silent.getsockname()[1]}",
            client_config=Config(retries={"max_attempts": 0}, connect_timeout=2),
        )
        with pytest.raises(StorageAway):
            storage.save("a.pdf", ContentFile(b"x"))
    assert issubclass(StorageAway, OSError)


def test_the_settings_give_this_storage_outside_of_the_media(settings):
    storage = storages["private"]
    assert isinstance(storage, PrivateFileStorage)
    assert not str(storage.location).startswith(str(settings.MEDIA_ROOT))


@pytest.mark.parametrize(
    ("filename", "suffix"),
    [
        ("朱某的信.PDF", ".pdf"),
        ("../../etc/passwd", ""),
        ("a.php", ""),
        ("a.docx", ".docx"),
        ("", ""),
        ("x.jpg/../../y.html", ""),
    ],
)
def test_the_kept_name_says_nothing_of_the_persons(filename, suffix):
    name = private_name(None, filename)
    assert re.fullmatch(rf"\d{{4}}/\d{{2}}/[0-9a-f]{{32}}{re.escape(suffix)}", name)
    assert private_name(None, filename) != name
