from django.db import models
from django.utils.translation import gettext_lazy as _


class BurntChallenge(models.Model):
    """A captcha challenge that was used: a second use breaks the unique digest and is refused.

    ``owner`` is a digest of the request's idempotency key: the same request sent again (a double
    click, a retry through a bad network) may show the same solution; another one may not.
    """

    wagtail_reference_index_ignore = True

    digest = models.CharField(max_length=64, unique=True)
    owner = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("已使用的验证")
        verbose_name_plural = _("已使用的验证")
        default_permissions = ()

    def __str__(self) -> str:
        return self.digest[:12]
