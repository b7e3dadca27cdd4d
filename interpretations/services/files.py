import logging
from collections.abc import Iterable

from django.db.models.fields.files import FieldFile

logger = logging.getLogger(__name__)


def forget_files(files: Iterable[FieldFile]) -> None:
    """Removes files that no row names any more; a storage that refuses leaves litter, no more."""
    for file in files:
        if not file.name:
            continue
        try:
            file.storage.delete(file.name)
        except OSError:
            logger.warning("a file that is not needed any more could not be removed")
