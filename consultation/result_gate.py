"""What an adoption result lacks before it may be published (rules D7, D8)."""

from typing import TYPE_CHECKING

from django.utils import timezone

from consultation.withheld import quoting, refusal
from publishing.gates import Blocker
from publishing.text import clean_text

if TYPE_CHECKING:
    from consultation.models.result_page import AdoptionResultPage

# A link to another feature, by name only (rule D11).
FINAL_TEXT = "interpretations.PolicyPage"


def missing(result: "AdoptionResultPage") -> list[Blocker]:
    """Everything that is missing, each time anew: what a result once had does not open the gate."""
    draft = result.draft
    found = []
    if not draft.live:
        found.append(Blocker("title", "所属草案尚未发布，不能公布采纳情况。"))
    if draft.closes_at is None or timezone.now() < draft.closes_at:
        found.append(Blocker("title", "征求意见尚未结束，不能公布采纳情况。"))
    if draft.result is not None and draft.result.pk != result.pk:
        found.append(Blocker("title", "该草案已公布过采纳情况，请修改原页面。"))
    undecided = draft.opinions.undecided().count()
    if undecided:
        found.append(
            Blocker("title", f"还有{undecided}条意见没有采纳情况和理由，请先在“意见办理”中办理。")
        )
    for response, opinion in quoting(draft):
        found.append(Blocker("title", f"归纳意见{response.number}：{refusal(opinion)}"))
    if not clean_text(result.outreach):
        found.append(Blocker("outreach", "请填写征集工作开展情况；收到0条意见时也要说明。"))
    final = result.final_page and result.final_page.specific_class
    if final and final._meta.label != FINAL_TEXT:
        found.append(Blocker("final_page", "最终文件须是政策文件页面，请重新选择。"))
    return found
