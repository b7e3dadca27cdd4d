from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models import FrozenText, HeldFile


class PolicyVersion(FrozenText):
    """版本: a policy as it was published, frozen. ``facts``: the fields of an official document
    (rule S4) as ``{label: words}``; they are part of what the digest covers."""

    policy = models.ForeignKey(
        "interpretations.PolicyPage", on_delete=models.PROTECT, related_name="versions"
    )
    facts = models.JSONField(_("公文要素"), default=dict)

    class Meta:
        verbose_name = _("政策文件版本")
        verbose_name_plural = _("政策文件版本")
        ordering = ["policy", "-number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "number"], name="policy_version_number_unique"
            )
        ]


class PolicyVersionFile(HeldFile):
    """A document that a policy's version lists."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="files")

    class Meta(HeldFile.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.version}：{self.title}"
