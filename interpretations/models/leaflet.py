from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_cleanup import cleanup

from people.storage import private_name


def private_storage() -> Storage:
    """Not in the public media: a leaflet would stay there when its page is taken off."""
    return storages[settings.PRIVATE_STORAGE_ALIAS]


@cleanup.select
class Leaflet(models.Model):
    """宣传单页: the PDF of an interpretation as it was public. ``number``: counts what said
    something else; ``digest``: of what it shows (``interpretations.leaflet.content``). The file
    goes with its row, by whichever route that is deleted, once this is committed."""

    page = models.ForeignKey(
        "interpretations.InterpretationPage", on_delete=models.CASCADE, related_name="leaflets"
    )
    number = models.PositiveIntegerField(_("版次"))
    digest = models.CharField(max_length=64)
    file = models.FileField(storage=private_storage, upload_to=private_name)
    size = models.PositiveIntegerField(_("大小"))
    pages = models.PositiveIntegerField(_("页数"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("制作时间"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("宣传单页")
        verbose_name_plural = _("宣传单页")
        ordering = ["page", "-number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="leaflet_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.page}宣传单页第{self.number}版"
