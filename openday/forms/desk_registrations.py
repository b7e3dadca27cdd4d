"""What staff fill in when they decide a registration, alone or many at once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from openday.models import Registration
from publishing.forms.pinned import PinnedForm
from publishing.text_fields import LineField

_REASON = {"required": _("请写明理由，理由会告知报名人。")}


class RejectForm(forms.Form):
    reason = LineField(
        label=_("不通过的理由"),
        max_length=200,
        help_text=_("会告知报名人。"),
        error_messages=_REASON,
    )


class RevokeForm(forms.Form):
    reason = LineField(
        label=_("撤销的理由"), max_length=200, help_text=_("会告知报名人。"), error_messages=_REASON
    )


class CancelForm(forms.Form):
    """The person gave the place up, by phone or at the counter."""

    reason = LineField(
        label=_("说明"), required=False, max_length=200, help_text=_("如“本人来电取消”，可以不填。")
    )


class PinnedRejectForm(PinnedForm, RejectForm):
    pass


class PinnedRevokeForm(PinnedForm, RevokeForm):
    pass


def step_forms(registration: Registration) -> dict[str, forms.Form]:
    """The forms of a registration's page before anything is typed."""
    kinds = {"reject": RejectForm, "revoke": RevokeForm, "cancel": CancelForm}
    return {step: kind(prefix=step) for step, kind in kinds.items()}
