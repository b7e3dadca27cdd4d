"""Registering somebody by phone or at the counter: one short form, the same rules (rule O2)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openday.enums import Origin
from openday.forms.names import NameField
from openday.models import SeatGroup, Session
from openday.refusals import AlreadyRegistered, SeatRefused
from openday.services.registering import Applicant
from people.entry_form import EntryForm
from people.forms import PhoneField
from publishing.text_fields import LineField

_HOUSEHOLD = _(
    "这个电话号码已经报过这一场，可在“报名办理”里按电话查找。"
    "替同一电话的另一人报名的，请勾选下面的“同一电话的另一人”。"
)


class GroupChoice(forms.ModelChoiceField):
    """The groups with how many seats are free, as the caller asks it."""

    free: dict[int, int] = {}

    def label_from_instance(self, obj: Any) -> str:
        group: SeatGroup = obj
        if group.is_drawn or (not group.is_named and group.method == "review"):
            return f"{group.audience}（{group.get_method_display()}）"
        left = self.free.get(group.pk, 0)
        seats = f"余{left}个名额" if left else "名额已满"
        return f"{group.audience}（{group.get_method_display()}，{seats}）"


class SeatEntryForm(EntryForm):
    """One caller. Name, phone, group; the rest may stay empty. Never an ID number."""

    origin = forms.ChoiceField(
        label=_("来源"),
        choices=[(Origin.PHONE, Origin.PHONE.label), (Origin.COUNTER, Origin.COUNTER.label)],
        initial=Origin.PHONE,
        widget=forms.RadioSelect,
    )
    group = GroupChoice(
        label=_("代表类别"),
        queryset=SeatGroup.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("请选择代表类别。")},
    )
    invitation = LineField(
        label=_("邀请码"),
        required=False,
        max_length=20,
        help_text=_("单位推荐、邀请的人才有，请对方念邀请函上的邀请码。"),
    )
    name = NameField(label=_("姓名"), max_length=40, error_messages={"required": _("请填写姓名。")})
    phone = PhoneField()
    one_more = forms.BooleanField(
        label=_("同一电话的另一人"),
        required=False,
        help_text=_("一家人共用一个电话时勾选，每人各登记一次。"),
    )
    address = LineField(label=_("单位或村（社区）"), required=False, max_length=60)
    access_needs = LineField(
        label=_("无障碍需求"),
        required=False,
        max_length=200,
        help_text=_("如轮椅、手语、方言。"),
    )
    transport = LineField(label=_("交通方式"), required=False, max_length=100)
    photo_consent = forms.BooleanField(label=_("同意拍照并公开照片"), required=False)
    agreed = forms.BooleanField(
        label=_("已向本人说明报名条件和信息用途，本人符合条件并同意登记"),
        error_messages={"required": _("请先向本人说明报名条件和信息用途，征得同意。")},
    )

    def __init__(self, *args: Any, session: Session, may_name: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["group"]
        field.free = session.free_seats()
        field.queryset = session.groups.select_related("audience", "session")
        groups = list(field.queryset)
        if may_name or not any(group.is_named for group in groups):
            del self.fields["invitation"]
        if len(groups) == 1:
            self.initial.setdefault("group", groups[0].pk)

    @property
    def invitation_code(self) -> str:
        """What the caller read out; empty for whoever may name people without one."""
        code: str = self.cleaned_data.get("invitation", "")
        return code

    def refuse(self, refusal: SeatRefused) -> None:
        """A number that is known may be a household's: then that is told."""
        known = isinstance(refusal, AlreadyRegistered)
        super().refuse(SeatRefused(str(_HOUSEHOLD), field=refusal.field) if known else refusal)

    @property
    def applicant(self) -> Applicant:
        names = ("name", "phone", "email", "address", "access_needs", "transport", "photo_consent")
        return Applicant(**{name: self.cleaned_data[name] for name in names})
