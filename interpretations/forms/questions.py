from django import forms
from django.utils.translation import gettext_lazy as _

from publishing.text import clean_text

MAX_LENGTH = 100


class QuestionSearch(forms.Form):
    """What to look for in all questions; what nobody can see is taken out before."""

    q = forms.CharField(
        label=_("要找的词"),
        max_length=MAX_LENGTH,
        required=False,
        error_messages={
            "max_length": _("搜索词最多 %(limit_value)d 个字，现在有 %(show_value)d 个，请缩短。")
        },
    )

    def clean_q(self) -> str:
        return clean_text(self.cleaned_data["q"]).strip()


class RatingForm(forms.Form):
    """One of two buttons."""

    useful = forms.ChoiceField(choices=[("yes", _("有帮助")), ("no", _("没帮助"))])
