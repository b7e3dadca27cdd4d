"""What is filled in once for many opinions or responses."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultation.forms.desk_opinions import GroupForm, WithholdForm
from consultation.forms.desk_responses import BulkOutcomeForm
from publishing.forms.pinned import PinnedForm
from publishing.ids import parse_ids


class PinnedWithholdForm(PinnedForm, WithholdForm):
    pass


class PinnedGroupForm(PinnedForm, GroupForm):
    pass


class PinnedOutcomeForm(PinnedForm, BulkOutcomeForm):
    pass


class SeenOutcomeForm(BulkOutcomeForm):
    """``seen``: "id:revision" of each response as the person saw it, comma-separated."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def clean_seen(self) -> dict[int, int]:
        """Revision by id."""
        written = [pair.split(":") for pair in self.cleaned_data["seen"].split(",")]
        pairs = [parse_ids(pair) for pair in written if len(pair) == 2]
        if len(pairs) < len(written) or any(len(pair) < 2 for pair in pairs):
            # Beside a hidden field nobody would see it.
            self.add_error(None, _("页面数据不完整，请返回列表重新选择。"))
            return {}
        return {pk: revision for pk, revision in pairs}  # noqa: C416 - dict() needs tuples
