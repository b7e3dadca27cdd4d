"""What becomes stale when a clause changes, and how that ends."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.contrib.frontend_cache.utils import purge_page_from_cache
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import Page, Revision

from interpretations.enums import StaleEnd, StaleKind
from interpretations.mentions import films_in
from interpretations.models import InterpretationPage, StaleItem, Video
from interpretations.references import Content, Reference, content_of, content_of_draft
from interpretations.together import companion
from publishing.clauses.clause import ClauseText
from publishing.clauses.redline import redline
from publishing.models import FrozenText
from publishing.reading import reading_rows

Place = tuple[int, str, str]
"""Page, part, clause."""

STANDING = "有效性"
_LOST = {"changed", "removed"}


class StaleRefused(Exception):
    """It can't be confirmed; ``message`` says why, in Chinese."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


@transaction.atomic
def flag_stale(*, subject: Page, version: FrozenText, before: FrozenText) -> None:
    """Called when another version of a policy or draft goes public, in that transaction, which
    holds the subject's row. Flags each part that refers to what changed, and closes what is again
    as it was."""
    lost = {
        change.old.id: change.new
        for change in redline(before.clause_texts, version.clause_texts)
        if change.op in _LOST and change.old
    }
    standing = _standing(version) if _standing(version) != _standing(before) else None
    restored = _renew_waiting(subject, version)
    if not lost and standing is None:
        return
    known = {clause.id: clause for clause in before.clause_texts}
    names = {row.id: row.name for row in reading_rows(before.clause_texts, {})}
    made = []
    for page, content in _explaining(subject):
        made += _new_items(page, content, known, lost, names)
        if standing is not None:
            made.append(_whole(page, _standing(before), standing))
    waiting = StaleItem.objects.waiting().filter(subject=subject.pk)
    taken = restored | set(waiting.values_list("page", "part", "clause"))
    _keep(made, taken, subject, version, before)


@transaction.atomic
def close_edited(*, page: InterpretationPage) -> None:
    """The interpretation was published: what it says otherwise now, or no longer, was looked at.

    What concerns all of the page ends with its confirmation, or with its subject.
    """
    waiting = list(page.stale_items.select_for_update(of=("self",)).waiting())
    if not waiting:
        return
    content = content_of(page)
    found = content.references()
    for item in waiting:
        now = found.get((item.part, item.clause))
        stays = item.is_whole or (now is not None and now.digest == item.digest)
        if item.subject_id not in content.subjects or not stays:
            _close(item, StaleEnd.EDITED, get_active_log_context().user)


@transaction.atomic
def confirm_current(*, pk: int, version: int, user: Any) -> StaleItem:
    """An editor has compared old and new, and what the part says is still right.

    Raises:
        StaleRefused: not a waiting item of the user's pages, or the clause changed again after
            ``version``, the one that was shown.
    """
    rows = StaleItem.objects.select_for_update(of=("self",)).for_user(user)
    item = rows.filter(pk=pk).select_related("page").first()
    if item is None:
        raise StaleRefused("没有找到这一项，或者它不归您管。")
    if item.closed_at:
        raise StaleRefused(f"这一项已经处理过：{item.get_ended_display()}。")
    if item.new_version != version:
        raise StaleRefused("文件刚刚又有改动，请看过新的文字再确认。")
    _close(item, StaleEnd.CONFIRMED, user)
    data = {"item": str(item), "version": item.new_version}
    log(instance=item.page, action="interpretations.stale_confirmed", user=user, data=data)
    if item.page.live:
        purge_page_from_cache(item.page)
    return item


def _explaining(subject: Page) -> Iterable[tuple[InterpretationPage, Content]]:
    """The interpretations of the page, public or not: first what is public, then their drafts; not
    those that go public with it: they were written and approved for what it says now."""
    rows = InterpretationPage.objects.filter(subjects__subject=subject.pk).distinct()
    found = [(page, content_of(page)) for page in rows.filter(live=True).order_by("pk")]
    drafts = InterpretationPage.objects.filter(has_unpublished_changes=True).order_by("pk")
    pages = {page.latest_revision_id: page for page in drafts if not companion(page.pk)}
    for revision in Revision.objects.filter(pk__in=[key for key in pages if key]):
        content = content_of_draft(revision.content)
        if subject.pk in content.subjects:
            found.append((pages[revision.pk], content))
    return found


def _new_items(
    page: InterpretationPage,
    content: Content,
    known: Mapping[str, ClauseText],
    lost: Mapping[str, ClauseText | None],
    names: Mapping[str, str],
) -> list[StaleItem]:
    films = Video.objects.titles(films_in(content.body))
    return [
        _item(page, one, names[one.clause], known[one.clause], lost[one.clause])
        for one in content.references(films).values()
        if one.clause in lost
    ]


def _item(
    page: InterpretationPage, one: Reference, name: str, old: ClauseText, new: ClauseText | None
) -> StaleItem:
    return StaleItem(
        page=page,
        kind=one.kind,
        part=one.part,
        clause=one.clause,
        title=one.title[:200],
        name=(name or "一段文字")[:60],
        old=old.to_json(),
        new=new.to_json() if new else None,
        digest=one.digest,
    )


def _whole(page: InterpretationPage, old: str, new: str) -> StaleItem:
    was, is_now = (ClauseText("", "paragraph", text=words).to_json() for words in (old, new))
    title = page.get_admin_display_title()[:200]
    return StaleItem(
        page=page, kind=StaleKind.WHOLE, title=title, name=STANDING, old=was, new=is_now
    )


def _keep(
    made: list[StaleItem],
    taken: set[Place],
    subject: Page,
    version: FrozenText,
    before: FrozenText,
) -> None:
    """Writes the new ones. A row that waits already knows the oldest words."""
    now, rows = timezone.now(), []
    for item in made:
        place = (item.page_id, item.part, item.clause)
        if place not in taken:
            taken.add(place)
            item.subject_id = subject.pk
            item.old_version, item.new_version = before.number, version.number
            item.since = item.changed_at = now
            rows.append(item)
    StaleItem.objects.bulk_create(rows)


def _renew_waiting(subject: Page, version: FrozenText) -> set[Place]:
    """Later words into the rows that wait; what is again as it was has come to its end: the places
    of those."""
    present = {clause.id: clause for clause in version.clause_texts}
    words = ClauseText("", "paragraph", text=_standing(version))
    restored: set[Place] = set()
    rows = StaleItem.objects.select_for_update(of=("self",)).waiting()
    for item in rows.filter(subject=subject.pk):
        new = words if item.is_whole else present.get(item.clause)
        if _says_same(item.old_clause, new):
            _close(item, StaleEnd.RESTORED, None)
            restored.add((item.page_id, item.part, item.clause))
        elif not _says_same(item.new_clause, new):
            item.new, item.new_version = new.to_json() if new else None, version.number
            item.changed_at = timezone.now()
            item.save(update_fields=["new", "new_version", "changed_at"])
    return restored


def _says_same(old: ClauseText | None, new: ClauseText | None) -> bool:
    if old is None or new is None:
        return old is new
    return redline([old], [new])[0].op != "changed"


def _standing(version: FrozenText) -> str:
    """In words; a draft has none."""
    facts: Mapping[str, str] = getattr(version, "facts", {})
    return facts.get(STANDING, "")


def _close(item: StaleItem, ended: StaleEnd, user: Any) -> None:
    item.closed_at, item.ended = timezone.now(), ended
    item.closed_by_id = getattr(user, "pk", None)
    item.save(update_fields=["closed_at", "ended", "closed_by"])
