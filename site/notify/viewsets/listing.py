"""The list of whom to phone."""

from typing import Any

import django_filters
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from notify.enums import MessageChannel, MessageState
from notify.models import TO_PHONE, Message, MessageQuerySet
from publishing.listing import RowColumn
from publishing.models import Unit


def users_call_list(user: Any) -> MessageQuerySet:
    """Whom the user has to phone: the one place that every screen takes its rows from."""
    return users_calls(user).to_phone()


def users_calls(user: Any) -> MessageQuerySet:
    """The same with the calls that were made, which the filter 已电话告知 shows."""
    rows = Message.objects.callable().filter(state__in=(*TO_PHONE, MessageState.PHONED))
    related = rows.for_user(user).select_related("contact", "unit", "phoned_by")
    return related.order_by("-is_urgent", "-pk")


def chosen_calls(request: Any) -> MessageQuerySet:
    """The user's list as the filters in the address leave it; filters without sense: nothing."""
    filters = call_filters(request)
    return filters.qs if filters.is_valid() else Message.objects.none()


def call_filters(request: Any) -> "CallListFilterSet":
    """The filters in the address over the user's list."""
    return CallListFilterSet(request.GET, queryset=users_calls(request.user), request=request)


def users_units(request: Any) -> models.QuerySet[Unit]:
    """The units whose people the user may phone."""
    return Unit.objects.where_may(request.user, "notify.change_message")


def waits(state: Any) -> str:
    """What the state means here: who stands on this list unsent or failed waits for a call."""
    label = MessageState(state).label
    return str(_("待告知（%s）") % label) if state in TO_PHONE else str(label)


def state_of(message: Message) -> str:
    """The state, and whether somebody waits for this call before all others."""
    first = _("先打 · ") if message.is_urgent and message.is_to_phone else ""
    return f"{first}{waits(message.state)}"


class CallListFilterSet(WagtailFilterSet):
    """Filters by unit, state and channel; without a state, those who still wait for a call."""

    unit = django_filters.ModelChoiceFilter(label=_("单位"), queryset=users_units)
    state = django_filters.ChoiceFilter(
        label=_("状态"),
        empty_label=_("全部待告知"),
        choices=[(s, waits(s)) for s in (*TO_PHONE, MessageState.PHONED)],
    )
    channel = django_filters.ChoiceFilter(
        label=_("原定渠道"), empty_label=_("全部渠道"), choices=MessageChannel.choices
    )

    class Meta:
        model = Message
        fields = ["unit", "state", "channel"]

    def filter_queryset(self, queryset: MessageQuerySet) -> MessageQuerySet:
        rows: MessageQuerySet = super().filter_queryset(queryset)
        state = self.form.cleaned_data["state"]
        if state == MessageState.PHONED:
            # Nobody waits for these any more: the last one first.
            return rows.order_by("-pk")
        return rows if state else rows.to_phone()


def why(message: Message) -> str:
    """Why it must be phoned, or who phoned it."""
    return str(message.phoned_by) if message.phoned_by else message.error


def day_made(message: Message) -> str:
    """The day, short."""
    return timezone.localdate(message.created_at).isoformat()


class CallListView(generic.IndexView):
    """The messages of the user's units, names and numbers masked: many people pass by a list."""

    any_permission_required = ["change"]
    page_title = _("电话告知")
    no_results_message = _("目前没有需要电话告知的人。")
    call_url_name = ""
    print_url_name = ""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        # Wagtail's own export would not log.
        self.is_export = False

    def filter_queryset(self, queryset: Any) -> Any:
        """As Wagtail's, but what makes no sense finds nothing, instead of all."""
        if self.filters and not self.filters.is_valid():
            return queryset.none()
        return super().filter_queryset(queryset)

    def get_base_queryset(self) -> MessageQuerySet:
        return users_calls(self.request.user)

    @cached_property
    def columns(self) -> list[Any]:
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="message"),
            RowColumn(
                "subject",
                label=_("事项"),
                url_name=self.call_url_name,
                get_title_id=lambda row: f"message_{row.pk}_title",
            ),
            Column("contact.masked_name", label=_("姓名"), classname="desk-short"),
            Column("contact.masked_phone", label=_("电话"), classname="desk-short"),
            Column(
                "state",
                label=_("状态"),
                accessor=state_of,
                sort_key="state",
                classname="desk-wide",
            ),
            Column("error", label=_("原因或告知人"), accessor=why, classname="desk-wide"),
            Column("unit", label=_("单位"), sort_key="unit__sort_order", classname="desk-wide"),
            Column(
                "created_at",
                label=_("生成日期"),
                accessor=day_made,
                sort_key="created_at",
                classname="desk-wide desk-short",
            ),
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """One button: the printable list with the filters that are set."""
        url = f"{reverse(self.print_url_name)}?{self.request.GET.urlencode()}"
        return [HeaderButton(_("打印名单"), url=url, icon_name="list-ul")]
