from typing import Any

from django.urls import reverse

from interpretations.bundle_reading import history_of, readiness, step_of
from interpretations.bundle_steps import form_of
from interpretations.forms.bundles import ReasonForm, RemarkForm, ScheduleForm
from interpretations.models import ReleaseBundle
from publishing.forms.review import RejectForm

LIST = "同步发布"


def frame(title: str, *above: tuple[str, str]) -> dict[str, Any]:
    """Title and breadcrumbs; ``above``: label and address of the pages before this one."""
    crumbs = [("首页", reverse("wagtailadmin_home")), (LIST, reverse("release_bundle:index"))]
    return {
        "header_title": title,
        "header_icon": "link",
        "breadcrumbs_items": [
            *({"url": url, "label": label} for label, url in [*crumbs, *above]),
            {"url": "", "label": title},
        ],
    }


def bundle_context(
    bundle: ReleaseBundle, user: Any, forms: dict[str, Any] | None = None
) -> dict[str, Any]:
    """What the page of a release shows; ``forms``: those that were sent and are not right."""
    step, sent = step_of(bundle, user), forms or {}
    approve = form_of(step.waiting) or RemarkForm
    schedule = sent.get("schedule") or ScheduleForm(initial={"publish_at": bundle.publish_at})
    return {
        **frame(bundle.title),
        "bundle": bundle,
        "pages": readiness(bundle, user) if bundle.is_active else [],
        "members": bundle.members.select_related("page"),
        "step": step,
        "approve_form": sent.get("approve") or approve(),
        "reject_form": sent.get("reject") or RejectForm(),
        "schedule_form": schedule,
        "revoke_form": sent.get("revoke") or ReasonForm(),
        "history": history_of(bundle),
        "media": schedule.media,
    }
