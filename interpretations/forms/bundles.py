"""What staff fill in for a joint release and for an exemption."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from interpretations.bundle_access import VIEW
from interpretations.bundle_pages import Candidate
from interpretations.enums import BundleState
from interpretations.models import PolicyPage, ReleaseBundle
from interpretations.services.exemptions import usual_end
from publishing.ids import parse_ids
from publishing.models import Unit
from publishing.text_fields import LineField
from publishing.unit_policy import unit_ids

_WRONG_TIME = _("时间应写成 2026-01-31 09:00 的样子。")
_WRONG_DAY = _("日期应写成 2026-01-31 的样子。")


class BundleForm(forms.Form):
    """A name, and pages of one unit. ``offered``: those that the user may choose from."""

    title = LineField(
        label=_("名称"), max_length=120, help_text=_("如“停车办法和解读”，只供内部使用。")
    )
    pages = forms.TypedMultipleChoiceField(
        label=_("页面"),
        coerce=int,
        required=False,
        error_messages={"invalid_choice": _("有页面已经发布，或已在别的同步发布里，请重新选择。")},
    )

    def __init__(self, *args: Any, offered: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["pages"].choices = [(one.page.pk, str(one.page)) for one in offered]  # type: ignore[attr-defined] # a choice

    @property
    def rows(self) -> list[tuple[Candidate, bool]]:
        """Each page with whether it is chosen."""
        chosen = set(parse_ids([str(pk) for pk in self["pages"].value() or []]))
        return [(one, one.page.pk in chosen) for one in self.offered]

    @property
    def chosen(self) -> list[Any]:
        wanted = set(self.cleaned_data["pages"])
        return [one.page for one in self.offered if one.page.pk in wanted]

    def clean_pages(self) -> list[int]:
        found: list[int] = self.cleaned_data["pages"]
        if not found:
            raise forms.ValidationError(_("请选择要一起发布的页面。"))
        units = {one.unit_id for one in self.offered if one.page.pk in found}
        if len(units) > 1:
            raise forms.ValidationError(_("一次同步发布的页面须属于同一个单位，请重新选择。"))
        return found


class ScheduleForm(forms.Form):
    publish_at = forms.DateTimeField(
        label=_("发布时间"),
        widget=AdminDateTimeInput(),
        error_messages={"invalid": _WRONG_TIME, "required": _("请填写发布时间。")},
    )

    @property
    def at(self) -> datetime:
        found: datetime = self.cleaned_data["publish_at"]
        return found


class ReasonForm(forms.Form):
    """Why a release is revoked."""

    reason = LineField(
        label=_("撤销的理由"), max_length=300, error_messages={"required": _("请写明撤销的理由。")}
    )


class RemarkForm(forms.Form):
    """What the office's plain approval says."""

    comment = LineField(label=_("备注"), max_length=500, required=False)


class ExemptionForm(forms.Form):
    reason = LineField(
        label=_("暂缓的理由"),
        max_length=300,
        error_messages={"required": _("请写明暂缓解读的理由。")},
        help_text=_("如“汛期应急，须当日印发，漫画正在绘制”。"),
    )
    until = forms.DateField(
        label=_("解读最迟公布日期"),
        widget=AdminDateInput(),
        initial=usual_end,
        error_messages={"invalid": _WRONG_DAY, "required": _("请填写解读最迟公布日期。")},
        help_text=_("一般为3个工作日。到期没有公布，首页会一直提醒。"),
    )


class BundleFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("状态"), choices=BundleState.choices)
    failed = django_filters.ChoiceFilter(
        label=_("定时"), choices=[("1", _("到时间没有发布成功"))], method="only_failed"
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("单位"), queryset=lambda request: _units_of(request.user)
    )

    class Meta:
        model = ReleaseBundle
        fields: list[str] = []

    def only_failed(self, rows: Any, name: str, value: str) -> Any:
        return rows.failed()


def _units_of(user: Any) -> Any:
    units = unit_ids(user, VIEW)
    rows = Unit.objects.all()
    return rows if units is None else rows.filter(pk__in=units)


def title_for(policy: PolicyPage) -> str:
    """What a release is called that begins with a policy."""
    return f"{policy.get_admin_display_title()}（同步发布）"[:120]
