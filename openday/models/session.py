from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, Count, F, Q, Value, When
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from openday.enums import HELD, State
from openday.models.event_page import EventPage
from openday.seats import GroupSeats, free_seats
from people.statements import Statement
from publishing.models import Unit

if TYPE_CHECKING:
    from openday.models.session_move import SessionMove

DOOR = timedelta(hours=24)
"""So long before the start and after the end the door sees names, and checks people in before."""


class GroupCount(NamedTuple):
    """A group's seats, the offers that are over but haven't lapsed yet, and who waits."""

    seats: GroupSeats
    over: int
    waiting: int


class SessionQuerySet(models.QuerySet["Session"]):
    """Which sessions take place, and which want the sweeper's attention."""

    def standing(self) -> Self:
        return self.filter(cancelled_at__isnull=True)

    def upcoming(self) -> Self:
        return self.standing().filter(starts_at__gt=timezone.now())

    def over(self) -> Self:
        return self.standing().filter(ends_at__lte=timezone.now())


class Session(models.Model):
    """场次: one time and place with seats. No child of the page: a page's revisions hold its
    children, and publishing an old one would write them anew.

    The times are in this order: registration opens, closes, last offer, start, end.
    """

    event = models.ForeignKey(
        EventPage, verbose_name=_("活动"), on_delete=models.PROTECT, related_name="sessions"
    )
    title = models.CharField(_("场次名称"), max_length=40, blank=True, help_text=_("如“上午场”。"))
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    place = models.CharField(
        _("地点"), max_length=160, blank=True, help_text=_("留空则为活动页面上的地点。")
    )
    capacity = models.PositiveIntegerField(_("总名额"), validators=[MinValueValidator(1)])
    registration_opens_at = models.DateTimeField(_("报名开始"))
    registration_closes_at = models.DateTimeField(_("报名截止"))
    cancel_until = models.DateTimeField(
        _("本人取消截止"), help_text=_("此后只能由工作人员代为取消。")
    )
    offers_until = models.DateTimeField(_("递补截止"), help_text=_("此后空出的名额不再通知候补。"))
    offer_hours = models.PositiveSmallIntegerField(
        _("递补确认时限（小时）"),
        default=24,
        validators=[MinValueValidator(1)],
        help_text=_("从通知发出或电话告知时起算。"),
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)
    moved_at = models.DateTimeField(_("改期时间"), null=True, blank=True, editable=False)
    reconfirm_by = models.DateTimeField(_("重新确认截止"), null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("取消原因"), max_length=200, blank=True, editable=False)

    wagtail_reference_index_ignore = True
    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("场次")
        verbose_name_plural = _("场次")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_it_starts",
                violation_error_message=_("结束时间必须晚于开始时间。"),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1),
                name="session_has_seats",
                violation_error_message=_("总名额至少为1。"),
            ),
            models.CheckConstraint(
                condition=Q(registration_closes_at__gt=F("registration_opens_at")),
                name="session_closes_after_it_opens",
                violation_error_message=_("报名截止必须晚于报名开始。"),
            ),
            models.CheckConstraint(
                condition=Q(offers_until__gte=F("registration_closes_at"))
                & Q(offers_until__lte=F("starts_at")),
                name="session_offers_between_closing_and_start",
                violation_error_message=_("递补截止不能早于报名截止，也不能晚于开始时间。"),
            ),
            models.CheckConstraint(
                condition=Q(cancel_until__lte=F("starts_at")),
                name="session_cancelling_ends_before_start",
                violation_error_message=_("本人取消截止不能晚于开始时间。"),
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], name="session_by_end")]

    def __str__(self) -> str:
        """As lists and the audit trail name it."""
        start = timezone.localtime(self.starts_at)
        day = f"{start:%Y-%m-%d %H:%M}"
        return (
            f"{self.event.title} {self.title} {day}" if self.title else f"{self.event.title} {day}"
        )

    @property
    def name(self) -> str:
        """Apart from the event: 上午场, or the time alone."""
        return self.title or f"{timezone.localtime(self.starts_at):%H:%M}"

    @property
    def where(self) -> str:
        return self.place or self.event.place

    @property
    def unit(self) -> Unit | None:
        return self.event.unit

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_running(self) -> bool:
        return not self.is_cancelled and self.starts_at <= timezone.now() < self.ends_at

    @property
    def is_over(self) -> bool:
        return timezone.now() >= self.ends_at

    @property
    def is_before_the_door(self) -> bool:
        """Too early for anybody to arrive."""
        return timezone.now() < self.starts_at - DOOR

    @property
    def is_at_the_door(self) -> bool:
        """Whether people come, or came, about now: then the door may see who they are."""
        return not self.is_before_the_door and timezone.now() < self.ends_at + DOOR

    def takes_registrations(self, now: datetime | None = None) -> bool:
        """Whether the window is open at this moment, to the second."""
        now = now or timezone.now()
        opens, closes = self.registration_opens_at, self.registration_closes_at
        return not self.is_cancelled and opens <= now < closes

    @property
    def can_offer(self) -> bool:
        """Whether a freed seat is still offered to who waits."""
        return not self.is_cancelled and timezone.now() < self.offers_until

    counted: Mapping[int, int] | None = None
    """How many seats each group holds, where a list has counted for many sessions at once."""

    def count(self, now: datetime) -> dict[int, GroupCount]:
        """Each group's rows by the group's id, counted at one moment by one statement."""
        return by_group(_COUNTS.rows(self.pk, now))

    def seats(self, now: datetime | None = None) -> dict[int, GroupSeats]:
        """Each group's seats by the group's id."""
        if self.counted is not None:
            held = self.counted
            return {
                group.pk: GroupSeats(group.quota, group.minimum_now, held.get(group.pk, 0))
                for group in self.groups.all()
            }
        counted = self.count(now or timezone.now())
        return {pk: group.seats for pk, group in counted.items()}

    def free_seats(self) -> dict[int, int]:
        """How many more people each group can seat now (see ``openday.seats``)."""
        return free_seats(self.capacity, self.seats())

    @cached_property
    def last_move(self) -> "SessionMove | None":
        """How its time or place changed last, if ever."""
        return self.moves.last()

    @cached_property
    def turns(self) -> Mapping[str, datetime]:
        """The moments at which a page that shows the session changes by the clock alone."""
        names = ("registration_opens_at", "registration_closes_at", "starts_at", "ends_at")
        return {name: getattr(self, name) for name in names}


def by_group(rows: Iterable[tuple[Any, ...]]) -> dict[int, GroupCount]:
    """What ``group_counts`` found, by the group's id; further columns are left out."""
    return {
        pk: GroupCount(GroupSeats(quota, minimum, held), over=over, waiting=waiting)
        for pk, quota, minimum, held, over, waiting, *_more in rows
    }


def group_counts(session: int, now: datetime) -> models.QuerySet[Any, Any]:
    """Each group with its numbers: quota, minimum (0 once released), held, over, waiting."""
    state, ends = "registrations__state", "registrations__offer_expires_at"
    over = Q(**{state: State.OFFERED, f"{ends}__lte": now})
    released = When(minimum_until__lte=now, then=Value(0))
    kept = Case(released, default="minimum", output_field=models.IntegerField())
    rows = (
        Session(pk=session)
        .groups.order_by("pk")
        .annotate(
            kept=kept,
            held=Count("registrations", filter=Q(**{f"{state}__in": HELD}) & ~over),
            over=Count("registrations", filter=over),
            waiting=Count("registrations", filter=Q(**{state: State.WAITLISTED})),
        )
    )
    return rows.values_list("pk", "quota", "kept", "held", "over", "waiting")


_COUNTS = Statement(group_counts, int, datetime)
