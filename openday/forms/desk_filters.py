"""The choice of registrations that the list, its bulk actions and the pages share."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField
from wagtail.admin.filters import WagtailFilterSet

from openday.access import VIEW, events_for, registrations_for, sessions_for
from openday.enums import Origin, State
from openday.models import EventPage, Registration, RegistrationQuerySet, SeatGroup, Session
from openday.services.looking import known_person
from people.receipts import clean_number
from publishing.ids import parse_id


def events_with_sessions(user: Any) -> QuerySet[EventPage]:
    """The events that the user may see and that have sessions."""
    sessions = Session.objects.order_by().values("event")
    return events_for(user, VIEW).filter(pk__in=sessions)


class PageField(ModelChoiceField):
    """A page's key is a reference, for which Django doesn't look whether the column holds it."""

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or parse_id(value) is not None:
            return super().to_python(value)
        raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")


class PageFilter(django_filters.ModelChoiceFilter):
    field_class = PageField


class RegistrationFilterSet(WagtailFilterSet):
    """What staff look for among registrations. The groups are those of the chosen session."""

    event = PageFilter(
        label=_("活动"),
        field_name="session__event",
        queryset=lambda request: events_with_sessions(request.user),
    )
    session = django_filters.ModelChoiceFilter(
        label=_("场次"), queryset=lambda request: sessions_for(request.user, VIEW)
    )
    group = django_filters.ModelChoiceFilter(
        label=_("代表类别"), queryset=lambda request: SeatGroup.objects.none()
    )
    state = django_filters.ChoiceFilter(label=_("状态"), choices=State.choices)
    origin = django_filters.ChoiceFilter(label=_("来源"), choices=Origin.choices)
    held = django_filters.ChoiceFilter(
        label=_("人工核验"),
        field_name="held_for_review",
        choices=[("True", _("需人工核验"))],
    )

    class Meta:
        model = Registration
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        given = data or {}
        event = parse_id(given.get("event"))
        if event is not None:
            rows = sessions_for(self.request.user, VIEW).filter(event=event)
            self.filters["session"].queryset = rows
        session = chosen_session(self.request, given)
        if session is None:
            del self.filters["group"]
        else:
            groups = session.groups.select_related("audience")
            self.filters["group"].queryset = groups


def chosen_session(request: HttpRequest, params: Any) -> Session | None:
    """The session that the list is filtered by, if the user may see it."""
    wanted = parse_id(params.get("session"))
    if wanted is None:
        return None
    return sessions_for(request.user, VIEW).filter(pk=wanted).first()


def chosen_registrations(
    request: HttpRequest, params: QueryDict, permission: str = VIEW
) -> RegistrationQuerySet:
    """The registrations that the list with these parameters shows, newest first, of the units in
    which the user holds the permission. Parameters that make no sense choose nothing."""
    filters = RegistrationFilterSet(params, request=request)
    if not filters.is_valid():
        return Registration.objects.none()
    rows = filters.filter_queryset(registrations_for(request.user, permission)).order_by("-pk")
    return search(rows, params.get("q", ""), chosen_session(request, params))  # type: ignore[return-value] # stays a RegistrationQuerySet


def search(rows: QuerySet[Any], words: str, session: Session | None) -> QuerySet[Any]:
    """Those that bear the number, or left the phone; within one session also by name.

    Names are encrypted: they are read one by one, which is for one session's rows, not for all.
    """
    phone = _phone(words)
    if phone is not None:
        return rows.filter(phone | _numbered(words))
    for word in words.split():
        where = _numbered(word)
        if session is not None:
            where |= Q(pk__in=_named(rows.filter(session=session), word))
        rows = rows.filter(where)
    return rows


def _numbered(word: str) -> Q:
    """The number, or its end as people say it on the phone."""
    number = clean_number(word)
    digits = number.replace("-", "")
    if not (digits.isascii() and digits.isdigit() and 4 <= len(digits) <= 14):
        return Q(pk__in=())
    return Q(receipt__number=number) | Q(receipt__number__endswith=digits)


def _phone(words: str) -> Q | None:
    """The whole phone number, with the spaces that people put into it; None for anything else."""
    try:
        key = known_person(words)
    except ValidationError:
        return None
    return Q(person_key=key) if key else None


def _named(rows: QuerySet[Any], word: str) -> list[int]:
    names = rows.order_by().values_list("pk", "contact__name")
    return [pk for pk, name in names if word in name]
