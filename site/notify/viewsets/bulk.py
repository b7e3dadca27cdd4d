"""Several calls noted down at once."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.bulk_action import BulkAction

from notify.forms import PhonedForm
from notify.models import Message, MessageQuerySet
from notify.services import record_many_phoned
from notify.viewsets.listing import chosen_calls, users_call_list
from publishing.ids import parse_ids


class PhonedBulkAction(BulkAction):
    """已电话告知 for the chosen rows, or for all that the filters leave. Others' are not found."""

    display_name = _("已电话告知")
    aria_label = _("将选中的通知标记为已电话告知")
    action_type = "phoned"
    template_name = "notify/bulk_phoned.html"
    form_class = PhonedForm
    models: ClassVar[list[type[Message]]] = [Message]

    @classmethod
    def get_queryset(cls, model: type[Message], object_ids: Any) -> MessageQuerySet:
        """The chosen rows; ids that are no numbers choose nothing."""
        return Message.objects.filter(pk__in=parse_ids(object_ids)).select_related("contact")

    def get_actionable_objects(self) -> tuple[list[Message], dict[str, list[Message]]]:
        """Only rows of the user's own list: another unit's isn't even named as forbidden."""
        wanted = self.request.GET.getlist("id")
        ids = self.get_all_objects_in_listing_query(None) if "all" in wanted else wanted
        chosen = self.get_queryset(Message, ids)
        allowed = users_call_list(self.request.user).filter(pk__in=chosen.values("pk"))
        return list(allowed), {"items_with_no_access": []}

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        """全选 means what the filters of the list leave; the list hands its query on."""
        return chosen_calls(self.request).values_list("pk", flat=True)

    def get_execution_context(self) -> dict[str, Any]:
        note = self.cleaned_form.cleaned_data["note"]
        return {"user": self.request.user, "note": note}

    @classmethod
    def execute_action(cls, objects: list[Message], **kwargs: Any) -> tuple[int, int]:
        ids = [message.pk for message in objects]
        return record_many_phoned(message_ids=ids, user=kwargs["user"], note=kwargs["note"]), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return _t("已记录电话告知 %s 条。") % num_parent_objects
