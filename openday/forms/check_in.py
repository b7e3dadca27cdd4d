"""What comes from the door: one arrival from a form, or many from a device that was offline."""

import json
import unicodedata
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openday.enums import CheckInMethod

MOST_ITEMS = 200
OLDEST = timedelta(days=30)
"""Older than this no device has kept an arrival: its clock is wrong."""

_BROKEN = _("页面数据不完整，请刷新页面后再试。")


class ArrivalForm(forms.Form):
    """One arrival: what was scanned or typed, and a nonce by which it counts once."""

    text = forms.CharField(
        label=_("报名编号"),
        max_length=200,
        help_text=_("可以只输后六位。"),
        error_messages={"required": _("请输入报名编号或后六位。")},
    )
    nonce = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={"required": _BROKEN, "invalid": _BROKEN},
    )
    method = forms.ChoiceField(
        choices=CheckInMethod, initial=CheckInMethod.NUMBER, widget=forms.HiddenInput
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        wide = unicodedata.normalize("NFKC", text)
        shown = "".join(filter(str.isprintable, wide)).strip()
        if not shown:
            raise ValidationError(_("请输入报名编号或后六位。"))
        return shown


class QueuedForm(ArrivalForm):
    """One that a device has kept. Its clock may be ahead (then it is now), not absurd."""

    scanned_at = forms.DateTimeField(
        error_messages={"required": _BROKEN, "invalid": _("签到时间看不懂。")}
    )

    def clean_scanned_at(self) -> datetime:
        seen: datetime = self.cleaned_data["scanned_at"]
        if seen < timezone.now() - OLDEST:
            raise ValidationError(_("设备的时间不对，请校准设备时间后重新签到。"))
        return seen


class UndoForm(forms.Form):
    """Why an arrival is taken back."""

    reason = forms.CharField(
        label=_("撤销理由"),
        max_length=200,
        error_messages={"required": _("请写明撤销签到的理由。")},
    )


class NameForm(forms.Form):
    """Whom to look for. Sent by POST: names don't belong in addresses, which are logged."""

    name = forms.CharField(
        label=_("姓名"),
        max_length=40,
        help_text=_("可以只输姓名中的几个字。"),
        error_messages={"required": _("请输入姓名。")},
    )


def read_queue(body: bytes) -> list[tuple[str, QueuedForm]]:
    """The items of a device's queue, each with the nonce as it was sent.

    Raises:
        ValueError: not {"items": [objects]}, or too many of them.
    """
    try:
        sent = json.loads(body)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    items = sent.get("items") if isinstance(sent, dict) else None
    if not isinstance(items, list) or len(items) > MOST_ITEMS:
        raise ValueError("no list of items")
    if not all(isinstance(item, dict) for item in items):
        raise ValueError("items that are no objects")
    return list(_forms(items))


def _forms(items: list[dict[str, Any]]) -> Iterator[tuple[str, QueuedForm]]:
    for item in items:
        words = {name: value for name, value in item.items() if isinstance(value, str)}
        yield words.get("nonce", ""), QueuedForm(words)
