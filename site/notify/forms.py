from django import forms
from django.utils.translation import gettext_lazy as _


class PhonedForm(forms.Form):
    """What a member of staff writes down after a call."""

    note = forms.CharField(
        label=_("告知情况"),
        max_length=200,
        required=False,
        help_text=_("例如：本人接听，已告知采纳情况。可以不填。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
