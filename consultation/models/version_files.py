from django.db import models

from consultation.models.versions import DraftVersion
from publishing.models import HeldFile


class VersionFile(HeldFile):
    """A document that a draft's version lists."""

    version = models.ForeignKey(DraftVersion, on_delete=models.PROTECT, related_name="files")

    class Meta(HeldFile.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.version}：{self.title}"
