"""报名办理: the registrations of the user's units."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.widgets.button import Button, HeaderButton

from openday.access import ENTER, EXPORT, VIEW, may, registrations_for
from openday.enums import State
from openday.forms.desk_filters import RegistrationFilterSet, chosen_session, search
from openday.models import Registration
from publishing.desk_list import DeskIndexView, DeskViewSet
from publishing.listing import RowColumn
from publishing.unit_policy import unit_ids


def state_of(registration: Registration) -> str:
    """Where it stands, until when, and what else must be looked at."""
    words = registration.get_state_display()
    if registration.state == State.OFFERED and registration.offer_expires_at:
        last = timezone.localtime(registration.offer_expires_at)
        words += f"（{last:%m-%d %H:%M}前）"
    if registration.reconfirm_by and registration.state == State.CONFIRMED:
        words += "（待重新确认）"
    return f"{words}（需人工核验）" if registration.held_for_review else words


def session_of(registration: Registration) -> str:
    return str(registration.session)


def registered_on(registration: Registration) -> str:
    """Day and minute, short: who came first is asked often."""
    return f"{timezone.localtime(registration.created_at):%Y-%m-%d %H:%M}"


class RegistrationIndexView(DeskIndexView):
    """The list, names and phones masked: many people pass by a screen."""

    any_permission_required = ["view"]
    filterset_class = RegistrationFilterSet
    results_template_name = "openday/desk/registrations_results.html"
    page_title = _("报名办理")
    columns = [
        BulkActionsCheckboxColumn("bulk_actions", obj_type="registration"),
        RowColumn(
            "receipt",
            label=_("报名编号"),
            url_name="seats:registration",
            get_title_id=lambda row: f"registration_{row.pk}_title",
            classname="desk-short",
        ),
        Column("name", label=_("姓名"), accessor="contact.masked_name", classname="desk-short"),
        Column(
            "phone",
            label=_("电话"),
            accessor="contact.masked_phone",
            classname="desk-wide desk-short",
        ),
        Column("group", label=_("代表类别"), accessor="group.audience"),
        Column("state", label=_("状态"), accessor=state_of, classname="desk-fits"),
        Column("session", label=_("场次"), accessor=session_of, classname="desk-wide"),
        Column(
            "origin",
            label=_("来源"),
            accessor="get_origin_display",
            classname="desk-wide desk-short",
        ),
        Column(
            "created_at",
            label=_("报名时间"),
            accessor=registered_on,
            classname="desk-wide desk-short",
        ),
    ]

    def get_base_queryset(self) -> QuerySet[Registration]:
        related = ("session__event", "group__audience", "receipt", "contact")
        return registrations_for(self.request.user, VIEW).select_related(*related)

    def search_queryset(self, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        session = chosen_session(self.request, self.request.GET)
        return search(queryset, self.search_query, session)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if unit_ids(self.request.user, ENTER) == frozenset():
            return []
        session = chosen_session(self.request, self.request.GET)
        address = reverse("seats:enter") + (f"?session={session.pk}" if session else "")
        return [HeaderButton(_("代为报名"), url=address, icon_name="plus")]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """What there is on paper and as a file is of one session."""
        session = chosen_session(self.request, self.request.GET)
        if session is None:
            return [Button(_("场次"), url=reverse("session:index"), icon_name="date", priority=10)]
        named = [
            ("seats:event", session.event_id, _("场次与名额"), "date"),
            ("seats:sign_in", session.pk, _("签到表"), "list-ul"),
            ("seats:call_slips", session.pk, _("通话单"), "list-ul"),
        ]
        if may(self.request.user, EXPORT, session.event):
            named.append(("seats:export", session.pk, _("导出…"), "download"))
        return [
            Button(label, url=reverse(name, args=[pk]), icon_name=icon, priority=10 + 10 * place)
            for place, (name, pk, label, icon) in enumerate(named)
        ]


class RegistrationViewSet(DeskViewSet):
    """A registration is never edited or deleted; what is done with it, services do."""

    model = Registration
    name = "registration"
    url_prefix = "registrations"
    icon = "group"
    menu_label = _("报名办理")
    index_view_class = RegistrationIndexView
    ordering = "-pk"
    codenames = (
        *("view_registration", "add_registration", "change_registration"),
        *("decide_registration", "check_in_registration", "export_registration"),
    )

    def screen_of(self, row: Registration, user: Any) -> str | None:
        visible = registrations_for(user, VIEW).filter(pk=row.pk).exists()
        return reverse("seats:registration", args=[row.pk]) if visible else None
