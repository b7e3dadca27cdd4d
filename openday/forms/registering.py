import uuid
from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from openday.forms.names import NameField
from openday.models import SeatGroup, Session
from openday.services.registering import Applicant
from people.captcha import CaptchaForm
from people.forms import PhoneField
from people.models import PrivacyNotice
from people.phones import person_key
from publishing.text_fields import LineField

_INCOMPLETE = _("页面数据不完整，请重新提交一次。")
_TYPED = ("invitation", "name", "phone", "email", "address", "access_needs", "transport")
"""What people write with their own words, to be given back where it can't be taken."""


class Problem(NamedTuple):
    """One line of the summary of errors: the id of the field it leads to, and what is wrong."""

    anchor: str
    message: str


class Typed(NamedTuple):
    """One field that was written in, to copy."""

    name: str
    text: str


class RegistrationForm(CaptchaForm):
    """What a citizen sends for a seat: group, name, phone, consent, one captcha; no ID number."""

    idempotency_field = "idempotency_key"

    idempotency_key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={"required": _INCOMPLETE, "invalid": _INCOMPLETE},
    )
    notice_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
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
        help_text=_("用来核实身份、通知结果和变动，不会公开。一个号码在一场只能报一次。"),
        error_messages={"required": _("请填写联系电话。")},
    )
    email = forms.EmailField(
        label=_("电子邮箱"),
        required=False,
        max_length=200,
        help_text=_("填写后，通知也会发到这个邮箱。没有邮箱不用填。"),
        error_messages={"invalid": _("邮箱地址不完整，应类似 name@example.com；也可以不填。")},
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
        max_length=80,
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
    consent = forms.BooleanField(
        label=_("我已阅读并同意上面的个人信息保护告知"),
        error_messages={"required": _("请阅读个人信息保护告知，同意后在这里打勾。")},
    )

    def __init__(
        self,
        *args: Any,
        groups: Iterable[SeatGroup],
        notice: PrivacyNotice,
        has_conditions: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.notice = notice
        self.initial.setdefault("notice_version", notice.version)
        self.groups = {str(group.pk): group for group in groups}
        choice: Any = self.fields["group"]
        choice.choices = [(key, str(group)) for key, group in self.groups.items()]
        if len(self.groups) == 1:
            self.initial.setdefault("group", next(iter(self.groups)))
        if not has_conditions:
            del self.fields["conditions"]
        if not any(group.is_named for group in self.groups.values()):
            del self.fields["invitation"]

    def clean_notice_version(self) -> int:
        """Consent is to what was read: a notice that changed meanwhile is shown again (G3)."""
        if self.cleaned_data["notice_version"] != self.notice.version:
            raise ValidationError(_("个人信息保护告知刚刚更新，请重新阅读并同意。"), code="changed")
        return self.notice.version

    def clean(self) -> dict[str, Any]:
        """A named group's code is asked for before the captcha is spent."""
        group = self.groups.get(self.cleaned_data.get("group") or "")
        if group and group.is_named and not self.cleaned_data.get("invitation"):
            message = _("“%(group)s”由单位推荐或邀请产生，请填写邀请码，或者选择其他类别。")
            self.add_error("invitation", ValidationError(message, params={"group": group}))
        return super().clean()

    @property
    def key(self) -> str:
        """The idempotency key for the page: the one that came, unless it was none."""
        broken = self.is_bound and "idempotency_key" in self.errors
        return str(uuid.uuid4() if broken else self["idempotency_key"].value())

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything that is wrong, in the order of the page."""
        order = [*self.fields]
        names = sorted(
            (name for name in self.errors if name in self.fields),
            key=lambda name: (name == "captcha", order.index(name)),
        )
        return [
            Problem(str(self[name].auto_id) if name in self.fields else "", str(message))
            for name in [*names, "__all__"]
            for message in self.errors.get(name, [])
        ]

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
    def person_key(self) -> str:
        """The person's keyed hash, for the limits."""
        return person_key(self.cleaned_data["phone"])

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
