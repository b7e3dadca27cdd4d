from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openday.enums import ACTIVE, HELD, Origin, State
from openday.models.seat_group import SeatGroup
from openday.models.session import Session
from people.fields import EncryptedTextField
from people.models import Consent, Contact, Receipt


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Who holds a seat, who waits, whose offer is over."""

    def holding(self, now: datetime | None = None) -> Self:
        """Those that hold a seat now: an offer only until it expires."""
        alive = ~Q(state=State.OFFERED) | Q(offer_expires_at__gt=now or timezone.now())
        return self.filter(alive, state__in=HELD)

    def active(self) -> Self:
        return self.filter(state__in=ACTIVE)

    def waiting(self) -> Self:
        """In the order of their queue: by the draw's rank where there is one, then by time."""
        rows = self.filter(state=State.WAITLISTED)
        return rows.order_by(F("rank").asc(nulls_last=True), "waiting_since", "pk")

    def expired(self, now: datetime | None = None) -> Self:
        """Offers whose time is over and that nobody has answered."""
        return self.filter(state=State.OFFERED, offer_expires_at__lte=now or timezone.now())

    def of_units(self, units: Any) -> Self:
        """Those of the units' events; None stands for all units."""
        return self if units is None else self.filter(session__event__unit__in=units)


class Registration(Consent):
    """报名: one person's place in line or at the table.

    How it moves stands in ``openday.services.transitions``; every move has a ``Transition``.
    """

    session = models.ForeignKey(
        Session, verbose_name=_("场次"), on_delete=models.PROTECT, related_name="registrations"
    )
    group = models.ForeignKey(
        SeatGroup, verbose_name=_("名额组"), on_delete=models.PROTECT, related_name="registrations"
    )
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="registration")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="registrations")
    person_key = models.CharField(max_length=64, blank=True, editable=False)
    household = models.PositiveSmallIntegerField(_("同一电话的第几人"), default=0, editable=False)
    state = models.CharField(_("状态"), max_length=12, choices=State)
    origin = models.CharField(_("来源"), max_length=8, choices=Origin)
    idempotency_key = models.UUIDField(unique=True, editable=False)
    created_at = models.DateTimeField(_("报名时间"), default=timezone.now, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("登记人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    held_for_review = models.BooleanField(
        _("需人工核验"), default=False, help_text=_("未经脚本验证提交，先核验是不是本人。")
    )
    access_needs = EncryptedTextField(
        _("无障碍需求"), blank=True, default="", help_text=_("如轮椅、手语、方言。")
    )
    transport = EncryptedTextField(_("交通方式"), blank=True, default="")
    photo_consent = models.BooleanField(_("同意拍照并公开照片"), default=False)
    rank = models.PositiveIntegerField(_("抽签顺位"), null=True, blank=True, editable=False)
    waiting_since = models.DateTimeField(_("候补起始"), null=True, blank=True, editable=False)
    offer_expires_at = models.DateTimeField(_("确认截止"), null=True, blank=True, editable=False)
    offer_started_at = models.DateTimeField(_("通知送达"), null=True, blank=True, editable=False)
    reconfirm_by = models.DateTimeField(_("重新确认截止"), null=True, blank=True, editable=False)

    wagtail_reference_index_ignore = True
    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("报名")
        verbose_name_plural = _("报名")
        ordering = ["-pk"]
        permissions = [
            ("decide_registration", _("可审核报名、确定席位")),
            ("check_in_registration", _("可办理现场签到")),
            ("export_registration", _("可导出报名名单")),
        ]
        indexes = [
            models.Index(fields=["session", "group", "state"], name="registration_by_state"),
            models.Index(
                fields=["offer_expires_at"],
                condition=Q(state=State.OFFERED),
                name="registration_offers",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person_key", "household"],
                condition=Q(state__in=ACTIVE) & ~Q(person_key=""),
                name="one_active_registration",
            ),
            models.CheckConstraint(
                condition=Q(state=State.OFFERED, offer_expires_at__isnull=False)
                | (~Q(state=State.OFFERED) & Q(offer_expires_at__isnull=True)),
                name="offered_has_expiry",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WAITLISTED) | Q(waiting_since__isnull=False),
                name="waitlisted_since_when",
            ),
            models.CheckConstraint(
                condition=~Q(origin=Origin.WEB) | Q(notice__isnull=False),
                name="web_registration_has_consent",
            ),
        ]

    def __str__(self) -> str:
        """Without personal data: it goes into logs and the audit trail."""
        return self.receipt.number

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def holds_seat(self) -> bool:
        """Whether it holds a seat now: an offer only until it expires."""
        if self.state == State.OFFERED:
            expires = self.offer_expires_at
            return expires is not None and expires > timezone.now()
        return self.state in HELD

    @property
    def place_in_line(self) -> int | None:
        """Which one it is in its queue, from 1; None for who doesn't wait."""
        if self.state != State.WAITLISTED:
            return None
        queue = Registration.objects.filter(group=self.group_id).waiting()
        line = list(queue.values_list("pk", flat=True))
        # Somebody may have moved up since this row was read.
        return line.index(self.pk) + 1 if self.pk in line else None
