"""Where citizens' files lie: outside the public media, under names that say nothing."""

import uuid
from pathlib import PurePath
from typing import Any

from botocore.exceptions import (  # type: ignore[import-untyped] # it ships none
    BotoCoreError,
    ClientError,
)
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils import timezone
from storages.backends.s3 import S3Storage


class NoPublicAddress(Exception):
    """Somebody asked a private file for its address; a view that checks permission serves it."""

    def __init__(self) -> None:
        super().__init__("私有文件没有公开网址，只能通过检查权限的页面下载。")


class StorageAway(OSError):
    """The bucket could not take, give or remove a file."""

    def __init__(self) -> None:
        super().__init__("the private bucket doesn't answer, or refuses")


class PrivateFileStorage(FileSystemStorage):
    """A folder outside MEDIA_ROOT; its files have no address, and only the server may read them."""

    def __init__(self, **options: Any) -> None:
        modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        super().__init__(**{**modes, **options})

    def _save(self, name: str, content: Any) -> str:
        """As Django's, but a file that could only be written in part is taken away again.

        Names are made by ``private_name`` and stand for one file only.
        """
        try:
            kept: str = super()._save(name, content)  # type: ignore[misc] # not in the stubs
            return kept
        except OSError:
            self.delete(name)
            raise

    def url(self, name: str | None) -> str:
        """Refused: without a base_url Django would fall back to MEDIA_URL."""
        raise NoPublicAddress


class PrivateS3Storage(S3Storage):
    """A bucket that isn't public; not even a signed address is given out."""

    def _save(self, name: str, content: Any) -> str:
        """A bucket that is away or full is told as a full disk would be."""
        try:
            return str(super()._save(name, content))
        except (BotoCoreError, ClientError) as error:
            raise StorageAway from error

    def _open(self, name: str, mode: str = "rb") -> Any:
        try:
            return super()._open(name, mode)
        except (BotoCoreError, ClientError) as error:
            raise StorageAway from error

    def delete(self, name: str) -> None:
        """Also while what was half kept is taken back: the refusal stays one about files."""
        try:
            super().delete(name)
        except (BotoCoreError, ClientError) as error:
            raise StorageAway from error

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """Refused: a signed address would pass the permission by."""
        raise NoPublicAddress


def private_name(instance: models.Model, filename: str) -> str:
    """A file's place in the storage: month and UUID, and nothing of what the person called it."""
    suffix = PurePath(filename).suffix.lower()
    known = suffix if suffix in {".jpg", ".png", ".webp", ".pdf", ".docx"} else ""
    return f"{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}{known}"
