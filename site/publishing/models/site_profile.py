from copy import copy
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from publishing.kept import kept

# What the footer and the meta tags need (rules S1, S2); unset ones are listed to administrators.
REQUIRED_FOR_THE_FOOTER = (
    "host_organisation",
    "contact_phone",
    "site_id_code",
    "icp_number",
    "police_number",
    "emblem_url",
    "error_report_url",
)


@register_setting(icon="site")
class SiteProfile(BaseSiteSetting):
    """What one site says of itself, and the periods that are local practice (rules.md)."""

    site_title = models.CharField(_("网站名称"), max_length=80, default="政民互动平台")
    site_id_code = models.CharField(
        _("网站标识码"), max_length=20, blank=True, help_text=_("全国统一编发的十位标识码。")
    )
    host_organisation = models.CharField(_("主办单位"), max_length=80, blank=True)
    operator_organisation = models.CharField(_("承办单位"), max_length=80, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    contact_address = models.CharField(_("联系地址"), max_length=160, blank=True)
    icp_number = models.CharField(_("ICP备案号"), max_length=60, blank=True)
    police_number = models.CharField(_("公安备案号"), max_length=60, blank=True)
    emblem_url = models.URLField(
        _("党政机关标识链接"), blank=True, help_text=_("标识核验页面的地址。")
    )
    error_report_url = models.URLField(
        _("“找错”入口链接"), blank=True, help_text=_("政府网站找错平台上本站的地址。")
    )
    portal_url = models.URLField(
        _("上级门户网站"), blank=True, help_text=_("本平台是其频道的政府门户网站首页。")
    )

    minimum_period_days = models.PositiveSmallIntegerField(
        _("征求意见最短期限（日）"),
        default=30,
        validators=[MinValueValidator(30, _("法定期限不少于30日，这里不能更短。"))],
        help_text=_("短于此期限须公开说明理由；可以比法定的30日长，不能短。"),
    )
    feedback_workdays = models.PositiveSmallIntegerField(
        _("反馈期限（工作日）"),
        default=15,
        validators=[MinValueValidator(1)],
        help_text=_("征集结束后多少个工作日内公布采纳情况。"),
    )
    retention_days = models.PositiveSmallIntegerField(
        _("联系方式保存期限（日）"),
        default=365,
        validators=[MinValueValidator(30)],
        help_text=_("采纳情况公布后，提交人的联系方式保存多少日。"),
    )

    event_retention_days = models.PositiveSmallIntegerField(
        _("报名信息保存期限（日）"),
        default=90,
        validators=[MinValueValidator(7)],
        help_text=_("活动结束后，报名人的联系方式等个人信息保存多少日。"),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("site_title"),
                FieldPanel("site_id_code"),
                FieldPanel("host_organisation"),
                FieldPanel("operator_organisation"),
                FieldPanel("contact_phone"),
                FieldPanel("contact_address"),
                FieldPanel("icp_number"),
                FieldPanel("police_number"),
                FieldPanel("emblem_url"),
                FieldPanel("error_report_url"),
                FieldPanel("portal_url"),
            ],
            heading=_("网站信息"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("minimum_period_days"),
                FieldPanel("feedback_workdays"),
                FieldPanel("retention_days"),
                FieldPanel("event_retention_days"),
            ],
            heading=_("期限"),
        ),
    ]

    class Meta:
        verbose_name = _("网站信息与期限")

    @classmethod
    def for_site(cls, site: Any) -> "SiteProfile":
        """As Wagtail's; kept for visitors, a copy for each because the request is put on it."""
        get = super().for_site
        found: SiteProfile = copy(kept("profile", site and site.pk, make=lambda: get(site)))
        found.site = site
        return found

    def unset_fields(self) -> list[str]:
        """The labels of what the footer still lacks, for the administrator (rule S2)."""
        return [
            str(self._meta.get_field(name).verbose_name)
            for name in REQUIRED_FOR_THE_FOOTER
            if not getattr(self, name)
        ]
