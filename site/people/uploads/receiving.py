"""Files on their way in. A disk that is full loses the file, never the words sent with it."""

import logging
from contextlib import suppress
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

logger = logging.getLogger(__name__)


class LostFile(SimpleUploadedFile):
    """Stands in the form for a file that couldn't be put down; other forms see an empty one."""

    def __init__(self, name: str) -> None:
        super().__init__(name, None)


class ForgivingUploadHandler(TemporaryFileUploadHandler):
    """Django's handler for files too large for memory, but an error of the disk ends one file.

    Otherwise it would end the reading of the request, and with it the text of all other fields.
    """

    _lost = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self._lost = False
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._lose(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._lost:
            return
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._lose(error)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if not self._lost:
            try:
                return super().file_complete(file_size)
            except OSError as error:
                self._lose(error)
        return LostFile(str(self.file_name))

    def _lose(self, error: OSError) -> None:
        """Close the temporary file, which removes it, though its buffer can't be written out."""
        self._lost = True
        logger.error("an uploaded file could not be put down: %s", error.strerror)
        file = self.__dict__.pop("file", None)
        if file is not None:
            with suppress(OSError):
                file.close()
