"""The list of whom to phone."""

from typing import Any

import django_filters
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from notify.enums import MessageState
from notify.models import TO_PHONE, Message, MessageQuerySet
from publishing.models import Unit


def users_call_list(user: Any) -> MessageQuerySet:
    """Whom the user has to phone: the one place that every screen takes its rows from."""
    rows = Message.objects.to_phone().for_user(user)
    return rows.select_related("contact", "unit").order_by("-pk")


def users_units(request: Any) -> models.QuerySet[Unit]:
    """The units whose people the user may phone."""
    return Unit.objects.where_may(request.user, "notify.change_message")


class CallListFilterSet(WagtailFilterSet):
    """Filters by unit and by why the message was not sent."""

    unit = django_filters.ModelChoiceFilter(label=_("单位"), queryset=users_units)
    state = django_filters.ChoiceFilter(
        label=_("状态"), choices=[(state, MessageState(state).label) for state in TO_PHONE]
    )

    class Meta:
        model = Message
        fields = ["unit", "state"]


class CallListView(generic.IndexView):
    """The messages of the user's units, names and numbers masked: many people pass by a list."""

    any_permission_required = ["change"]
    page_title = _("电话告知")
    no_results_message = _("目前没有需要电话告知的人。")
    call_url_name = ""
    print_url_name = ""

    def get_base_queryset(self) -> MessageQuerySet:
        return users_call_list(self.request.user)

    @cached_property
    def columns(self) -> list[Any]:
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="message"),
            TitleColumn(
                "subject",
                label=_("事项"),
                url_name=self.call_url_name,
                get_title_id=lambda row: f"message_{row.pk}_title",
            ),
            Column("contact.masked_name", label=_("姓名")),
            Column("contact.masked_phone", label=_("电话")),
            Column("get_state_display", label=_("状态"), sort_key="state"),
            Column("error", label=_("原因")),
            Column("unit", label=_("单位"), sort_key="unit__sort_order"),
            DateColumn("created_at", label=_("生成时间"), sort_key="created_at"),
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """One button: the printable list with the filters that are set."""
        url = f"{reverse(self.print_url_name)}?{self.request.GET.urlencode()}"
        return [HeaderButton(_("打印名单"), url=url, icon_name="list-ul")]
