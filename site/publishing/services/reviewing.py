"""What a reviewer does with finds: masks them in the text, or keeps them for a reason."""

import json
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from publishing.enums import FindOutcome
from publishing.models.review import FindDecision, ReviewTaskState
from publishing.review.content import with_replacement
from publishing.review.digest import digest
from publishing.review.finder import find
from publishing.review.finds import PageFind, finds_of
from publishing.review.guarding import is_stale


class ReviewRefused(Exception):
    """It can't be done to this content; ``message`` says why, in Chinese."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


@transaction.atomic
def mask_finds(*, page: Page, revision_id: int | None, names: Collection[str], user: Any) -> Any:
    """A new revision with the named finds masked, the rest as it was; returns the revision.

    ``names``: ``PageFind.name`` of each; empty means all that can be masked. A review that is
    under way goes on with it: no other word has changed.

    Raises:
        ReviewRefused: the content has changed meanwhile, or there is no such find in it.
    """
    latest = _latest(page, revision_id)
    content = latest.as_object()
    found = [one for one in finds_of(content) if one.can_be_masked]
    chosen = [one for one in found if not names or one.name in names]
    if not chosen:
        raise ReviewRefused("没有找到要遮盖的内容，可能已经改过了。")
    state = content.current_workflow_task_state
    was_fresh = isinstance(state, ReviewTaskState) and not is_stale(state, latest)
    made = _save_masked(content, chosen, user)
    after = digest(made.as_object())
    for one in chosen:
        _record(page, one, FindOutcome.MASKED, user=user, revision=made, digest=after)
    if was_fresh:
        state.revision, state.digest = made, after
        state.save(update_fields=["revision", "digest"])
    return made


@transaction.atomic
def keep_find(
    *, page: Page, revision_id: int | None, name: str, reason: str, user: Any
) -> FindDecision:
    """The find stays for this reason; the same value in the same field isn't asked again.

    Raises:
        ReviewRefused: no reason, or no such find in the latest content.
    """
    if not reason.strip():
        raise ReviewRefused("请写明保留的理由。")
    if find(reason):
        raise ReviewRefused("理由里不要写出号码或住址本身，请写为什么要公开它。")
    latest = _latest(page, revision_id)
    found = next((one for one in finds_of(latest.as_object()) if one.name == name), None)
    if found is None:
        raise ReviewRefused("没有找到这处内容，可能已经改过了。")
    kept = FindDecision.objects.filter(
        page=page.pk, field=found.field, key=found.found.key, outcome=FindOutcome.KEPT
    ).first()
    return kept or _record(
        page, found, FindOutcome.KEPT, user=user, revision=latest, reason=reason.strip()
    )


def _latest(page: Page, revision_id: int | None) -> Revision:
    """The latest revision, the page's row locked; it must be the one that was looked at."""
    Page.objects.select_for_update().get(pk=page.pk)
    latest = page.get_latest_revision()
    if latest is None or latest.pk != revision_id:
        raise ReviewRefused("内容刚刚有了改动，请看过新的内容再处理。")
    return latest


def _save_masked(content: Any, chosen: list[PageFind], user: Any) -> Revision:
    """Place by place, from the end of each text, so that the others stay where they were found."""
    written = json.dumps(content.serializable_data(), cls=DjangoJSONEncoder)
    data: Any = json.loads(written)
    for one in sorted(chosen, key=lambda find: find.found.start, reverse=True):
        if one.place is None:
            continue
        place = replace(one.place, source=_at(data, one.place.path))
        data = with_replacement(data, place, one.found.start, one.found.end, one.found.masked)
    try:
        masked = content.with_content_json(data)
        made: Revision = masked.save_revision(user=user, log_action=True)
    except ValidationError as error:
        raise ReviewRefused(f"遮盖后的内容保存不了：{'；'.join(error.messages)}") from None
    return made


def _at(data: Any, path: tuple[str | int, ...]) -> str:
    for step in path:
        data = (json.loads(data) if isinstance(data, str) else data)[step]
    return str(data)


def _record(page: Page, find: PageFind, outcome: FindOutcome, **fields: Any) -> FindDecision:
    user = fields.pop("user")
    row = FindDecision.objects.create(
        page_id=page.pk,
        field=find.field,
        key=find.found.key,
        label=find.found.label,
        masked=find.found.masked[:120],
        outcome=outcome,
        decided_by=user,
        **fields,
    )
    data = {"label": row.label, "place": find.label, "masked": row.masked, "reason": row.reason}
    log(instance=page.specific, action=f"publishing.find_{outcome.value}", user=user, data=data)
    return row
