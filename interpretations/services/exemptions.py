"""暂缓解读: a policy that needs an interpretation may be public before it, for some days (P1)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from interpretations.bundle_refusals import BundleRefused
from interpretations.models import InterpretationExemption, InterpretationPage, PolicyPage
from publishing.holidays import add_workdays

WORKDAYS = 3
"""The default; the day on which it is granted is not counted."""


def usual_end() -> date:
    return add_workdays(timezone.localdate(), WORKDAYS)


@transaction.atomic
def grant_exemption(
    *, policy: PolicyPage, reason: str, until: date, user: Any
) -> InterpretationExemption:
    """Another one takes the place of the last.

    Raises:
        BundleRefused: no reason, a day that is over, or a policy that needs none.
    """
    PolicyPage.objects.select_for_update(of=("self",)).get(pk=policy.pk)
    if not reason.strip():
        raise BundleRefused("请写明暂缓解读的理由。")
    if until < timezone.localdate():
        raise BundleRefused("解读最迟公布日期不能早于今天。")
    if InterpretationPage.objects.filter(live=True, subjects__subject=policy.pk).exists():
        raise BundleRefused("这份文件已经有公布的解读，不用暂缓。")
    InterpretationExemption.objects.open().filter(policy=policy).update(ended_at=timezone.now())
    made = InterpretationExemption.objects.create(
        policy=policy, reason=reason.strip(), until=until, granted_by=user
    )
    data = {"reason": made.reason, "until": until.isoformat()}
    log(instance=policy, action="interpretations.exemption_granted", user=user, data=data)
    return made


@transaction.atomic
def end_exemptions(*, page: InterpretationPage) -> None:
    """The interpretation that was awaited is public."""
    subjects = page.subjects.values_list("subject", flat=True)
    rows = InterpretationExemption.objects.open().filter(policy__in=list(subjects))
    for row in rows.select_related("policy"):
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        late = timezone.localdate() > row.until
        data = {"title": page.title, "late": late}
        log(instance=row.policy, action="interpretations.exemption_ended", data=data)
