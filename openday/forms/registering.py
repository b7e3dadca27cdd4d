from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openday.forms.names import NameField
from openday.models import SeatGroup, Session
from openday.services.registering import Applicant
from people.forms import EmailField, PhoneField
from people.models import PrivacyNotice
from people.public_form import PublicForm
from publishing.text_fields import LineField

_TYPED = ("invitation", "name", "phone", "email", "address", "access_needs", "transport")
"""What people write with their own words, to be given back where it can't be taken."""


class Typed(NamedTuple):
    """One field that was written in, to copy."""

    name: str
    text: str


class RegistrationForm(PublicForm):
    """What a citizen sends for a seat: group, name, phone, consent, one captcha; no ID number."""

    group = forms.ChoiceField(
        label=_("以哪一类代表报名"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("请选择以哪一类代表报名。"),
            "invalid_choice": _("这一类已经不在名额里，请重新选择。"),
        },
    )
    invitation = LineField(
        label=_("邀请码"),
        required=False,
        max_length=20,
        help_text=_("只有单位推荐、邀请的人填写，邀请函上有；其他人不填。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    name = NameField(
        label=_("姓名"),
        max_length=40,
        help_text=_("入场时核对。公布名单时只显示姓，如“朱**”。"),
        error_messages={"required": _("请填写姓名。")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        help_text=_("用来核实身份、通知结果和变动，不会公开。一个号码在一场只能报一次。")
    )
    email = EmailField(
        help_text=_("填写后，通知也会发到这个邮箱。没有邮箱不用填。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = LineField(
        label=_("单位或村（社区）"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    access_needs = LineField(
        label=_("需要什么帮助"),
        required=False,
        max_length=200,
        help_text=_("如轮椅通道、手语或方言翻译、老花镜，我们提前准备。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    transport = LineField(
        label=_("怎样到达"),
        required=False,
        max_length=100,
        help_text=_("如坐公交、开车，开车的写明要不要停车位。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    photo_consent = forms.BooleanField(
        label=_("同意现场拍照并公开照片，不同意不影响报名"), required=False
    )
    conditions = forms.BooleanField(
        label=_("我符合上面的全部报名条件"),
        error_messages={"required": _("请核对报名条件，符合的在这里打勾。")},
    )

    def __init__(
        self,
        *args: Any,
        groups: Iterable[SeatGroup],
        has_conditions: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(group.pk): group for group in groups}
        choice: Any = self.fields["group"]
        choice.choices = [(key, str(group)) for key, group in self.groups.items()]
        if len(self.groups) == 1:
            self.initial.setdefault("group", next(iter(self.groups)))
        if not has_conditions:
            del self.fields["conditions"]
        if not any(group.is_named for group in self.groups.values()):
            del self.fields["invitation"]

    def clean(self) -> dict[str, Any]:
        """A named group's code is asked for before the captcha is spent."""
        group = self.groups.get(self.cleaned_data.get("group") or "")
        if group and group.is_named and not self.cleaned_data.get("invitation"):
            message = _("“%(group)s”由单位推荐或邀请产生，请填写邀请码，或者选择其他类别。")
            self.add_error("invitation", ValidationError(message, params={"group": group}))
        return super().clean()

    @property
    def chosen(self) -> SeatGroup:
        """The group of the cleaned form."""
        return self.groups[self.cleaned_data["group"]]

    @property
    def applicant(self) -> Applicant:
        """Who wants the seat, from the cleaned fields."""
        names = ("name", "phone", "email", "address", "access_needs", "transport", "photo_consent")
        return Applicant(**{name: self.cleaned_data[name] for name in names})

    @property
    def invitation_code(self) -> str:
        return str(self.cleaned_data.get("invitation") or "")

    @property
    def typed(self) -> list[Typed]:
        """What was written, cleaned but unchecked: to be copied where it can't be taken."""
        found = []
        for name in _TYPED:
            if name in self.fields and (text := LineField().to_python(self[name].value() or "")):
                found.append(Typed(str(self.fields[name].label), text))
        return found


def form_for(session: Session, notice: PrivacyNotice, data: Any = None) -> RegistrationForm:
    """The form for one session; its groups are asked for once, the session at hand in each."""
    groups = list(session.groups.select_related("audience", "draw_run"))
    for group in groups:
        group.session = session
    has_conditions = session.event.conditions.exists()
    return RegistrationForm(data, groups=groups, notice=notice, has_conditions=has_conditions)
