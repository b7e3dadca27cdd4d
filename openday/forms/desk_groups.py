"""A group of seats in a session."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from openday.enums import SeatMethod
from openday.forms.desk_sessions import WRONG_YEAR
from openday.models import Audience, SeatGroup, Session
from openday.session_times import is_plausible


class GroupForm(forms.ModelForm):
    """Whom the seats are for, how they are given, how many. The method of a group that is there
    stays: people relied on it."""

    class Meta:
        model = SeatGroup
        fields = (
            *("audience", "method", "quota", "minimum", "minimum_until"),
            *("waiting_limit", "decided_by", "sort_order"),
        )
        widgets = {"minimum_until": AdminDateTimeInput(), "decided_by": AdminDateInput()}
        help_texts = {
            "audience": _("没有的类别，先在“席位与报名”的“代表类别”中添加。"),
            "method": _("抽签的名额组须在报名开始前添加；单位推荐、邀请的凭邀请码登记。"),
            "minimum_until": _("此后没有用完的保留名额给其他类别；留空则一直保留。"),
        }
        error_messages = {
            "minimum_until": {"invalid": _("时间应写成 2026-01-31 09:00 的样子。")},
            "decided_by": {"invalid": _("日期应写成 2026-01-31 的样子。")},
        }

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        self.instance.session = session
        self.fields["audience"].empty_label = _("请选择")  # type: ignore[attr-defined] # a ModelChoiceField
        if not self.instance.pk:
            last = session.groups.aggregate(last=Max("sort_order"))["last"]
            self.initial["sort_order"] = 0 if last is None else last + 1
        if self.instance.pk:
            self.fields["method"].disabled = True
            self.fields["method"].help_text = _("产生方式不能再改：已经公布，报名人以此为准。")

    def clean_audience(self) -> Audience:
        audience: Audience = self.cleaned_data["audience"]
        others = SeatGroup.objects.filter(session=self.session).exclude(pk=self.instance.pk)
        if others.filter(audience=audience).exists():
            raise ValidationError(_("这一场已经有这个类别的名额组。"))
        return audience

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        quota, minimum = typed.get("quota"), typed.get("minimum")
        if quota is not None and minimum is not None and minimum > quota:
            self.add_error("minimum", _("保留名额不能超过最多名额。"))
        until = typed.get("minimum_until")
        if until and not is_plausible(until):
            self.add_error("minimum_until", WRONG_YEAR)
        elif until and until > self.session.starts_at:
            self.add_error("minimum_until", _("不能晚于开始时间。"))
        method = typed.get("method")
        if method in {SeatMethod.REVIEW, SeatMethod.DRAW} and not typed.get("decided_by"):
            self.add_error("decided_by", _("审核、抽签的名额组请写明公布日期，回执里要告知。"))
        return typed
