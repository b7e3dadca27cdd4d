"""A session, its times, and calling it off. The service has the last word on seats."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from openday.models import Session
from openday.session_times import DERIVED, default_times, is_plausible
from publishing.text_fields import LineField

_WRONG_TIME = _("时间应写成 2026-01-31 09:00 的样子。")
WRONG_YEAR = _("年份不对，请核对。")
_TIMES = ("starts_at", "ends_at", *DERIVED, "reconfirm_by")
_COMPUTED = _("留空则按开始时间推算。")
_ORDER = (
    ("starts_at", "ends_at", "ends_at", _("结束时间必须晚于开始时间。")),
    (
        "registration_opens_at",
        "registration_closes_at",
        "registration_closes_at",
        _("报名截止必须晚于报名开始。"),
    ),
    ("cancel_until", "starts_at", "cancel_until", _("不能晚于开始时间。")),
    ("offers_until", "starts_at", "offers_until", _("不能晚于开始时间。")),
    ("registration_closes_at", "offers_until", "offers_until", _("不能早于报名截止。")),
)
"""The earlier field, the later one, the field to blame, and its words."""
_STRICT = ("ends_at", "registration_closes_at")
_MOVED = ("starts_at", "ends_at", "place")


class SessionForm(forms.ModelForm):
    """Times left empty are computed from the start; those that were computed move with it.

    ``told``: how many people a move would be told to; who is asked to confirm again, by when.
    """

    title = LineField(
        label=_("场次名称"), required=False, max_length=40, help_text=_("如“上午场”，可以不填。")
    )
    place = LineField(
        label=_("地点"), required=False, max_length=160, help_text=_("留空则为活动页面上的地点。")
    )
    reconfirm_by = forms.DateTimeField(
        label=_("重新确认截止"),
        required=False,
        widget=AdminDateTimeInput(),
        error_messages={"invalid": _WRONG_TIME},
    )
    computed_from = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Session
        fields = ("title", "starts_at", "ends_at", "place", "capacity", *DERIVED, "offer_hours")
        widgets = {name: AdminDateTimeInput() for name in _TIMES[:-1]}
        error_messages = {name: {"invalid": _WRONG_TIME} for name in _TIMES[:-1]}

    def __init__(self, *args: Any, told: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told = told
        self.stored = {name: getattr(self.instance, name) for name in (*_MOVED, *DERIVED)}
        for name in DERIVED:
            self.fields[name].required = False
            self.fields[name].help_text = f"{self.fields[name].help_text}{_COMPUTED}"
        if not told:
            del self.fields["reconfirm_by"]
        else:
            words = f"改时间或地点时填写：{told}位报名人都会收到通知，已有名额的须在此前重新确认。"
            self.fields["reconfirm_by"].help_text = words
        if self.instance.pk:
            self.initial.setdefault("computed_from", self.instance.starts_at)

    @property
    def moved(self) -> bool:
        """Whether the time or the place of a session that is there was changed."""
        names = [name for name in _MOVED if name in self.cleaned_data]
        changed = any(self.cleaned_data[name] != self.stored[name] for name in names)
        return bool(self.instance.pk) and changed

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        self._check_years(typed)
        starts_at = typed.get("starts_at")
        if starts_at:
            self._compute(typed, starts_at)
            self._check_start(starts_at)
        self._check_order(typed)
        self._check_reconfirm(typed)
        return typed

    def _check_years(self, typed: dict[str, Any]) -> None:
        """What can't be meant is out before anything is reckoned from it."""
        for name in (*_TIMES, "computed_from"):
            moment = typed.get(name)
            if moment is None or is_plausible(moment):
                continue
            if name == "computed_from":
                typed[name] = None
            else:
                self.add_error(name, WRONG_YEAR)

    def _compute(self, typed: dict[str, Any], starts_at: datetime) -> None:
        """The derived times that are empty, or still as they were computed from another start."""
        before = typed.get("computed_from")
        old = default_times(before) if before else {}
        for name, moment in default_times(starts_at).items():
            if name in self.errors:
                continue
            given = typed.get(name)
            if given is None or (before != starts_at and given == old.get(name)):
                typed[name] = moment

    def _check_start(self, starts_at: datetime) -> None:
        if starts_at != self.stored["starts_at"] and starts_at <= timezone.now():
            self.add_error("starts_at", _("开始时间已经过去，请核对。"))

    def _check_order(self, typed: dict[str, Any]) -> None:
        """As the database's constraints, but beside the field that it is about."""
        for first, second, field, words in _ORDER:
            earlier, later = typed.get(first), typed.get(second)
            if not earlier or not later or field in self.errors:
                continue
            if earlier > later or (earlier == later and second in _STRICT):
                self.add_error(field, words)

    def _check_reconfirm(self, typed: dict[str, Any]) -> None:
        if not self.told or "reconfirm_by" in self.errors:
            return
        given, starts_at = typed.get("reconfirm_by"), typed.get("starts_at")
        if not self.moved:
            typed["reconfirm_by"] = None
        elif given is None:
            told = f"时间或地点有变：保存后{self.told}位报名人都会收到通知。"
            self.add_error("reconfirm_by", f"{told}请填写他们重新确认的截止时间。")
        elif given <= timezone.now() or (starts_at and given > starts_at):
            self.add_error("reconfirm_by", _("重新确认截止须在现在之后、开始之前。"))


class CancelForm(forms.Form):
    """Why a session doesn't take place; everyone who registered is told."""

    reason = LineField(
        label=_("取消原因"),
        max_length=200,
        help_text=_("会写进给每位报名人的通知，如“因天气原因改期，时间另行通知”。"),
        error_messages={"required": _("请写明取消原因，会告知每位报名人。")},
    )


def show_refusal(form: forms.BaseForm, refusal: Any) -> None:
    """What a service refused, beside the field that it is about, where the form has it."""
    if isinstance(refusal, ValidationError):
        form.add_error(None, "".join(refusal.messages))
        return
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, refusal.message)
