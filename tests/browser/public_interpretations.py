"""Interpretations for the site of ``public_site``: one with everything, and so many that the lists
have two pages."""

from django.core.files.base import ContentFile
from django.urls import reverse
from playwright.sync_api import Page, expect
from wagtail.documents.models import Document

from interpretations.models import InterpretationPage, PolicyPage, StaleItem
from tests.factories.explaining import (
    block,
    comic,
    infographic,
    items,
    make_interpretation,
    make_interpretation_index,
    make_picture,
    panel,
    question,
    questions,
    story,
)
from tests.interpretations.films import described_video
from tests.interpretations.stale_cases import Case, reworded, say


def make_public_interpretations(policy: PolicyPage) -> InterpretationPage:
    """With all forms, some of them explaining clauses of the policy; twelve more, and one whose
    clause was changed."""
    case = Case()
    say(case.policy, reworded(case.clauses, 1, "改过的文字。"))
    for number in range(12):
        asked = [question(f"第{number}份第{place}问收费吗？") for place in range(2)]
        make_interpretation(policy, body=[questions(*asked)])
    one, other = (clause.id for clause in policy.clauses[:2])
    picture = make_picture()
    table = {"data": [["地点", "去年", "今年"], ["集市", "100", "150"], ["新街", "80", "120"]]}
    document = Document.objects.create(title="表", file=ContentFile(b"form", name="form.txt"))
    asked = [question("停车收费吗？", "<p>前两小时<b>免费</b>。</p>", [one]), question("多久？")]
    body = [
        comic(panel(picture, [one]), panel(picture), panel(picture)),
        block("video", video=described_video().pk, clauses=items(other)),
        questions(*asked),
        story([one, other]),
        story(kind="real"),
        infographic([other], table=table),
        infographic(image=picture.pk, alt="集市停车场的分布图", with_chart=False),
        block("words", text="<h3>小标题</h3><p>一段字。</p><ul><li>一项</li></ul>"),
        block("quote", words="停车不难，赶集才旺。", source="镇里"),
        block("table", caption="时限表", table={"data": [["事项", "时限"], ["办证", "3日"]]}),
        block("document", title="申请表", document=document.pk),
    ]
    changes = [
        {"before": "没有规定", "after": "限时停放", "clause": one, "since": "5月1日起"},
        {"before": "收费", "after": "免费"},
    ]
    return make_interpretation(policy, title="停车新规看图就懂", body=body, changes=changes)


def interpretation_addresses(page: InterpretationPage) -> dict[str, str]:
    """What is reached by its address alone."""
    column, row = make_interpretation_index().url, page.public_questions.first()
    stale = StaleItem.objects.waiting().select_related("page").first()
    asked = f"{column}questions/"
    return {
        "interpretations": column,
        "interpretations, second page": f"{column}?page=2",
        "interpretations, narrowed": f"{column}?form=comic&unit={page.unit_id}",
        "interpretations of a unit": page.get_parent().url,
        "interpretation": page.url,
        "interpretation, to be updated": stale.page.url if stale else "",
        "all questions": asked,
        "all questions, second page": f"{asked}?page=2",
        "all questions, found": f"{asked}?q=停车",
        "all questions, nothing found": f"{asked}?q=没有这样的词",
        "all questions, too long": f"{asked}?q={'长' * 101}",
        "answer rated": reverse("answer_rated", args=[page.pk, row.anchor]) if row else "",
    }


def rated(page: Page, prefix: str, shown: InterpretationPage) -> None:
    """A click on 有帮助, by the script."""
    page.goto(prefix + (shown.url or ""))
    page.get_by_role("button", name="有帮助").first.click()
    expect(page.get_by_text("谢谢，已经记下。")).to_be_visible()


def one_panel_a_screen(page: Page, prefix: str, shown: InterpretationPage) -> None:
    page.goto(prefix + (shown.url or ""))
    page.get_by_role("button", name="一格一屏").click()
    page.get_by_role("button", name="下一格").click()
    expect(page.get_by_text("第 2 格，共 3 格")).to_be_visible()


INTERPRETATION_WAYS = {"rated": rated, "one panel a screen": one_panel_a_screen}
