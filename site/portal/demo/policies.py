"""The policies of the demo: what the answered draft became, and what that took the place of."""

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone

from consultation.models import DecisionDraftPage
from interpretations.enums import Validity
from interpretations.models import PolicyIndexPage, PolicyPage, PolicyTopic
from portal.demo.drafts import replace_words
from portal.demo.people import Staff
from portal.demo.stories import read_document
from publishing.clauses.blocks import raw_stream
from publishing.clauses.flatten import flatten
from publishing.clauses.parser import parse_text
from publishing.models import SiteProfile

_AS_WRITTEN = ("slug", "index_number", "summary", "needs_interpretation")


def publish_policy(draft: DecisionDraftPage, row: dict[str, Any], staff: Staff) -> PolicyPage:
    """The policy, published today by the reviewer, or left for its joint release where it needs an
    interpretation. ``written``: the day of the document, counted as
    all days of the story; one with a ``successor`` is repealed by it, the others came of the
    draft."""
    text = read_document(row["document"])
    if "misprint" in row:
        text = text.replace(row["misprint"]["meant"], row["misprint"]["printed"])
    document = parse_text(text)
    today = timezone.localdate()
    written_on = today - timedelta(days=row["day"] - row["written"])
    replaced = "successor" in row
    unit: Any = draft.unit
    policy = PolicyPage(
        title=document.title,
        unit=unit,
        topic=PolicyTopic.objects.get(name=row["topic"]),
        issuer=SiteProfile.for_site(draft.get_site()).host_organisation,
        document_number=row["document_number"].format(year=written_on.year),
        written_on=written_on,
        released_on=written_on if replaced else None,
        validity=Validity.REPEALED if replaced else Validity.VALID,
        validity_changed_on=today if replaced else None,
        successor=PolicyPage.objects.get(slug=row["successor"]) if replaced else None,
        draft=None if replaced else draft.page_ptr,
        result=None if replaced or draft.result is None else draft.result.page_ptr,
        body=json.dumps(raw_stream(flatten(document))),
        owner=staff.writer(unit),
        live=False,
        **{name: row[name] for name in _AS_WRITTEN if name in row},
    )
    PolicyIndexPage.objects.get(unit=unit).add_child(instance=policy)
    if policy.needs_interpretation:
        policy.save_revision(user=staff.writer(unit), log_action=True)
    else:
        _publish(policy, staff, unit)
    found: PolicyPage = PolicyPage.objects.get(pk=policy.pk)
    return found


def mend_misprint(draft: DecisionDraftPage, row: dict[str, Any], staff: Staff) -> None:
    """The second version; what explains the clause is stale from now on."""
    policy = PolicyPage.objects.get(slug=row["slug"], draft=draft.pk)
    page = policy.get_latest_revision_as_object()
    replace_words(page, row["misprint"]["printed"], row["misprint"]["meant"])
    _publish(page, staff, policy.unit)


def link_result(draft: DecisionDraftPage, policy: PolicyPage, staff: Staff) -> None:
    """The result's page names the final text (rule D11)."""
    if draft.result is None:
        return
    result = draft.result.get_latest_revision_as_object()
    result.final_page = policy.page_ptr
    _publish(result, staff, draft.unit)


def _publish(page: Any, staff: Staff, unit: Any) -> None:
    page.save_revision(user=staff.writer(unit), log_action=True).publish(user=staff.reviewer)
