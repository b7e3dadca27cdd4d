"""What a draft lacks before it may be published (rules D1, D2, D5)."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from consultation.enums import Channel
from consultation.periods import closes_at, length_in_days, opens_at
from publishing.gates import Blocker
from publishing.models import SiteProfile
from publishing.text import clean_text, rich_text_words

if TYPE_CHECKING:
    from consultation.models.draft_page import DecisionDraftPage

# Days, beyond which a year is mistyped. The day after the last one is no date, and every list and
# feed that reckons with it would fail for everybody.
LONGEST = 5 * 366


def missing(draft: "DecisionDraftPage") -> list[Blocker]:
    """Everything that is missing, in the order of the editor's tabs."""
    return [*_missing_text(draft), *_missing_disclosures(draft), *_wrong_period(draft)]


def _missing_text(draft: "DecisionDraftPage") -> list[Blocker]:
    found = []
    if not draft.category:
        found.append(Blocker("category", "请选择决策事项类别。"))
    if draft.unit_id is None:
        found.append(Blocker("unit", "请选择承办单位。"))
    if not any(clause.commentable for clause in draft.clauses):
        found.append(Blocker("body", "缺少草案正文：请导入文档，或添加至少一条条款。"))
    return found


def _missing_disclosures(draft: "DecisionDraftPage") -> list[Blocker]:
    found = []
    if not (rich_text_words(draft.explanation) or draft.interpretations.exists()):
        found.append(Blocker("explanation", "缺少起草说明：请填写起草说明或选择解读页面。"))
    if not any(clean_text(basis.title) for basis in draft.basis.all()):
        found.append(Blocker("basis", "缺少决策依据：请至少填写一项。"))
    ways = [way for way in draft.ways.all() if way.channel != Channel.WEB]
    if not any(clean_text(way.detail) for way in ways):
        found.append(Blocker("ways", "缺少反馈途径：请至少填写一种网上提交以外的途径。"))
    contacts = draft.contacts.all()
    if not any(clean_text(contact.phone) or clean_text(contact.email) for contact in contacts):
        found.append(Blocker("contacts", "缺少联系方式：请填写联系单位及其电话或电子邮箱。"))
    return found


def _wrong_period(draft: "DecisionDraftPage") -> list[Blocker]:
    opening, closing = draft.opening_day, draft.closing_day
    if opening is None or closing is None:
        return [Blocker("opening_day", "缺少征求意见期限：请填写开始日期和截止日期。")]
    if (closing - opening).days > LONGEST:
        return [Blocker("closing_day", "征求意见期限超过五年：请核对截止日期的年份。")]
    found = []
    site = draft.get_site()
    minimum = (SiteProfile.for_site(site) if site else SiteProfile()).minimum_period_days
    if length_in_days(opening, closing) < minimum and not clean_text(draft.short_period_reason):
        found.append(
            Blocker(
                "short_period_reason",
                f"征求意见期限不足{minimum}日：请延长期限，或填写期限较短的理由。",
            )
        )
    return [*found, *_wrong_change(draft, opening, closing)]


def _wrong_change(draft: "DecisionDraftPage", opening: date, closing: date) -> list[Blocker]:
    """The first publication can't lie after the opening; an opened period is only ever extended."""
    announced = draft.period_changes.last() if draft.pk else None
    if announced is None or timezone.now() < opens_at(announced.opening_day):
        if opening < timezone.localdate():
            message = "开始日期不能早于发布之日：请改为今天或以后的日期。"
            return [Blocker("opening_day", message)]
        return []
    if opening != announced.opening_day:
        return [Blocker("opening_day", "征求意见已经开始，开始日期不能再改。")]
    if closing != announced.closing_day and timezone.now() >= closes_at(announced.closing_day):
        message = "征求意见已经结束，截止日期不能再改；需要再次征求意见的，请复制为新的草案。"
        return [Blocker("closing_day", message)]
    if closing < announced.closing_day:
        earliest = f"{announced.closing_day:%Y年%m月%d日}"
        message = f"征求意见已经开始，期限不能缩短：截止日期不能早于{earliest}。"
        return [Blocker("closing_day", message)]
    return _missing_reason(draft, announced.reason) if closing > announced.closing_day else []


def _missing_reason(draft: "DecisionDraftPage", given_before: str) -> list[Blocker]:
    """Every extension is announced with a reason of its own, not with the last one's."""
    reason = clean_text(draft.extension_reason).strip()
    if not reason:
        return [Blocker("extension_reason", "延长征求意见期限须填写延期理由。")]
    if reason == clean_text(given_before).strip():
        return [Blocker("extension_reason", "再次延期须另写理由，不能沿用上次的延期理由。")]
    return []
