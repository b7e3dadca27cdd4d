from django import forms

from publishing.ids import parse_ids


class ConfirmForm(forms.Form):
    """What an editor confirms: ``item`` as ``StaleItem.seen`` writes it."""

    item = forms.RegexField(r"\A[0-9]{1,18}-[0-9]{1,9}\Z")

    def clean_item(self) -> tuple[int, int]:
        pk, version = parse_ids(self.cleaned_data["item"].split("-"))
        return pk, version
