"""What staff fill in about responses: the decision, the words to start from, what to export."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from consultation.enums import Outcome
from consultation.models import ReasonTemplate, Response
from consultation.models.opinion import MAX_LENGTH
from consultation.services.responses import Decision
from publishing.ids import parse_id
from publishing.text_fields import TextField

Choices = list[tuple[str, Any]]


class TemplateSelect(forms.Select):
    """Each option carries its words, so that a script can fill them in at once."""

    texts: dict[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        text = self.texts.get(str(value))
        if text:
            option["attrs"]["data-text"] = text
        return option


class ReasonField(forms.ModelChoiceField):
    """A template to take the reason from, grouped by outcome."""

    widget = TemplateSelect

    def __init__(self) -> None:
        super().__init__(
            ReasonTemplate.objects.none(),
            label=_("理由模板"),
            required=False,
            empty_label=_("不用模板"),
        )

    def offer(self, templates: QuerySet[ReasonTemplate]) -> None:
        """Offer these."""
        self.queryset = templates
        groups: dict[str, list[tuple[str, str]]] = {}
        for row in templates:
            groups.setdefault(row.get_outcome_display(), []).append((str(row.pk), row.title))
        self.choices = [("", _("不用模板")), *groups.items()]
        self.widget.texts = {str(row.pk): row.text for row in templates}


class OutcomeForm(forms.Form):
    """An outcome with its reason, for one response or for many."""

    outcome = forms.ChoiceField(
        label=_("采纳情况"),
        choices=[("", _("尚未决定")), *Outcome.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    template = ReasonField()
    reason = TextField(
        label=_("理由"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("选定采纳情况后必填，将随采纳情况一并公布。"),
    )

    def __init__(
        self, *args: Any, templates: QuerySet[ReasonTemplate] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if templates is not None:
            self.fields["template"].offer(templates)  # type: ignore[attr-defined] # a ReasonField

    def clean(self) -> dict[str, Any]:
        """A template chosen without a script fills an empty reason (and a free outcome)."""
        typed = super().clean() or self.cleaned_data
        template = typed.get("template")
        if template and not typed.get("reason") and "reason" not in self.errors:
            typed["reason"] = template.text
            typed["outcome"] = typed.get("outcome") or template.outcome
        if typed.get("outcome") and not typed.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("请填写理由。"))
        return typed


class DecisionForm(OutcomeForm):
    """The decision on one response. ``seen_revision``: the state that the writer had before him."""

    seen_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    changed = forms.BooleanField(widget=forms.HiddenInput, required=False)
    summary = TextField(
        label=_("归纳意见"),
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("用一段话概括这些意见，将随采纳情况一并公布。"),
        error_messages={"required": _("请填写归纳意见。")},
    )
    wording = TextField(
        label=_("修改情况"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("采纳或部分采纳的，写明草案改成了怎样的文字。"),
    )
    confirmed = forms.BooleanField(
        label=_("我已看过现在的内容，仍要保存我填写的内容"), required=False
    )

    field_order = ["summary", "outcome", "template", "reason", "wording"]

    def clean(self) -> dict[str, Any]:
        """Over somebody else's change one writes only after having said that one saw it."""
        typed = super().clean()
        if typed.get("changed") and not typed.get("confirmed"):
            self.add_error("confirmed", _("他人刚刚修改过，请看过现在的内容后勾选。"))
        return typed

    @property
    def decision(self) -> Decision:
        """What was typed, for the service."""
        typed = self.cleaned_data
        return Decision(
            summary=typed["summary"],
            outcome=typed["outcome"],
            reason=typed["reason"],
            wording=typed["wording"],
        )

    @classmethod
    def starting(cls, response: Response, templates: QuerySet[ReasonTemplate]) -> "DecisionForm":
        """The form as the response stands."""
        initial = {
            "summary": response.summary,
            "outcome": response.outcome,
            "reason": response.reason,
            "wording": response.wording,
            "seen_revision": response.revision,
        }
        return cls(initial=initial, templates=templates)

    def filled(self) -> "DecisionForm":
        """As typed so far, unchecked, with the template's words put in (no script)."""
        typed = {name: self[name].value() for name in self.fields}
        templates = self.fields["template"].queryset  # type: ignore[attr-defined] # a ReasonField
        template = templates.filter(pk=parse_id(typed["template"])).first()
        if template:
            typed["reason"] = "\n".join(filter(None, (typed["reason"], template.text)))
            typed["outcome"] = typed["outcome"] or template.outcome
        return DecisionForm(initial=typed, templates=templates)

    def over(self, current: Response) -> "DecisionForm":
        """What was typed, over what somebody else wrote meanwhile; to be confirmed."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen_revision"], data["changed"] = str(current.revision), "1"
        data.pop("confirmed", None)
        form = DecisionForm(data)
        form.fields["template"].offer(self.fields["template"].queryset)  # type: ignore[attr-defined] # a ReasonField
        return form


class BulkOutcomeForm(OutcomeForm):
    """One outcome for several: here there must be one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = Outcome.choices  # type: ignore[attr-defined] # a ChoiceField

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not typed.get("outcome") and "outcome" not in self.errors:
            self.add_error("outcome", _("请选择采纳情况。"))
        return typed
