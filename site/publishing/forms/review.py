from typing import Any

from django import forms
from django.apps import apps

from publishing.gates import PublishGate
from publishing.models import ReviewRule
from publishing.text_fields import LineField


class KeepForm(forms.Form):
    """Why something that was found stays."""

    find = forms.CharField(max_length=400)
    revision = forms.IntegerField()
    reason = LineField(max_length=200, required=False)


class MaskForm(forms.Form):
    """What is to be masked; nothing named means all."""

    find = forms.CharField(max_length=400, required=False)
    revision = forms.IntegerField()


class RejectForm(forms.Form):
    """Why the page goes back to its editor."""

    comment = LineField(
        label="退回的理由",
        max_length=500,
        error_messages={"required": "请写明退回的理由，让编辑知道要改什么。"},
    )


def reviewable_types() -> list[tuple[str, str]]:
    """The page types that take part in reviews, by label and name."""
    found = [
        (model._meta.label, str(model._meta.verbose_name))
        for model in apps.get_models()
        if issubclass(model, PublishGate) and model.reviewable
    ]
    return sorted(found)


class ReviewRuleForm(forms.ModelForm):
    """Which pages of a site need both sign-offs, and whether texts are searched."""

    page_types = forms.MultipleChoiceField(
        label="发布前须经审查的内容",
        choices=reviewable_types,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = ReviewRule
        fields = ["site", "page_types", "search_personal_data"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page_types"].help_text = (
            "所选类别的页面，须先后通过个人信息审查和保密审查才能发布。"
            "保存后，各单位的审批流程里会有这两个步骤。"
        )
