from typing import Any, Self

from django.contrib.auth.models import Group, Permission
from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitQuerySet(models.QuerySet["Unit"]):
    """Which units a member of staff works for, and with what right."""

    def of(self, user: Any) -> Self:
        """The units that the user works for in any role; all of them for an administrator."""
        if user.is_superuser:
            return self
        return self.filter(groups__user=user).distinct()

    def where_may(self, user: Any, permission: str) -> Self:
        """The units in which one of the user's groups holds the permission ("app.codename")."""
        if not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        app_label, codename = permission.split(".")
        holders = Group.objects.filter(
            user=user,
            permissions__in=Permission.objects.filter(
                content_type__app_label=app_label, codename=codename
            ),
        )
        return self.filter(groups__in=holders).distinct()


class Unit(models.Model):
    """An office in charge of pages. Who may see and do what is scoped by it.

    Its groups hold the model permissions (say, to decide opinions) and the page permissions on
    the unit's column; a member of staff gets both by being put into one of the groups.
    """

    name = models.CharField(_("单位名称"), max_length=80)
    site = models.ForeignKey(
        "wagtailcore.Site", verbose_name=_("所属站点"), on_delete=models.PROTECT
    )
    phone = models.CharField(_("办公电话"), max_length=40, blank=True)
    email = models.EmailField(_("办公邮箱"), blank=True)
    address = models.CharField(_("办公地址"), max_length=160, blank=True)
    groups = models.ManyToManyField(
        Group,
        verbose_name=_("工作组"),
        blank=True,
        related_name="units",
        help_text=_("组内人员在其权限范围内办理本单位的事项。"),
    )
    sort_order = models.PositiveSmallIntegerField(_("排序"), default=0)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("单位")
        verbose_name_plural = _("单位")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="unit_name_unique_per_site")
        ]

    def __str__(self) -> str:
        return self.name
