"""What an interpretation lacks before it may be public, named in Chinese (rules P2, P3)."""

from typing import Any

import pytest

from interpretations.enums import Element
from interpretations.models import InterpretationPage
from tests.factories.consultation import make_draft, make_unit
from tests.factories.explaining import (
    block,
    comic,
    infographic,
    items,
    make_interpretation,
    make_picture,
    panel,
    question,
    questions,
    story,
)
from tests.factories.interpretations import make_policy
from tests.interpretations.films import make_video

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def told(page: InterpretationPage) -> list[str]:
    return [blocker.message for blocker in page.publish_blockers()]


def lacking(*body: dict[str, Any]) -> list[str]:
    return told(make_interpretation(make_policy(), body=body, live=False))


def test_a_whole_one_lacks_nothing() -> None:
    picture = make_picture()
    page = make_interpretation(
        body=[
            comic(panel(picture)),
            questions(question("收费吗？")),
            story(),
            infographic(),
            block("words", text="<p>字。</p>"),
            block("quote", words="话。", source="镇里"),
        ]
    )
    assert (told(page), page.live) == ([], True)
    labels = [str(form.label) for form in page.listed_forms]
    assert labels == ["图文漫画", "简明问答", "事例讲解", "图解"]


def test_nothing_written_names_everything() -> None:
    empty = dict.fromkeys((element.value for element in Element), "")
    page = make_interpretation(
        live=False, summary="", unit=make_unit(), body=[], next_steps_why_not="", **empty
    )
    page.subjects.set([], clear=True)
    page.unit = None
    found = told(page)
    assert found[:4] == [
        "缺少一句话说明。",
        "请选择责任单位。",
        "还没有解读内容：漫画、问答、事例、短视频、图解至少要有一种。",
        "请选择所解读的政策文件或草案，至少一份。",
    ]
    assert [words[7:].partition("”")[0] for words in found[4:]] == [
        str(element.label) for element in Element
    ]


def test_what_a_comic_lacks_is_named_by_panel() -> None:
    picture = make_picture("market.png")
    found = lacking(
        comic(
            panel(picture, alt=""),
            panel(picture, alt="IMG_0042.jpg"),
            panel(picture, alt="Market"),
            panel(picture, alt="微信图片_20260301"),
            panel(picture, image=None),
            panel(picture, lines=items({"who": "甲", "words": " "})),
        )
    )
    name = "第1块图文漫画“看图懂停车”第"
    is_name = "的替代文字是文件名：请写图上画了什么。"
    assert found == [
        f"{name}1格缺少替代文字：写一句看不见图的人也能明白的话。",
        *(f"{name}{number}格{is_name}" for number in (2, 3, 4)),
        f"{name}5格缺少图片。",
        f"{name}6格有一句对话是空的。",
    ]


def test_what_other_forms_lack_is_named() -> None:
    assert lacking(questions(question("", "<p> </p>"))) == [
        "第1块简明问答“大家常问”第1问没有写问题。",
        "第1块简明问答“大家常问”第1问没有写回答。",
    ]
    assert lacking(story(kind="", result="")) == [
        "第1块事例讲解“赶集”没有注明是真实案例还是情景案例。",
        "第1块事例讲解“赶集”没有写结果。",
    ]
    assert lacking(infographic(with_chart=False, text="", table=None)) == [
        "第1块图解“车位”既没有图片，也没有用数据画图。",
        "第1块图解“车位”缺少数据表。",
        "第1块图解“车位”缺少文字说明。",
    ]
    words = {"data": [["地点", "车位"], ["集市", "很多"]]}
    assert lacking(infographic(table=words)) == [
        "第1块图解“车位”的数据画不成图：第一列写名称，其余各列写数，至多三列，不能是负数。"
    ]


def test_a_video_that_is_not_ready_is_named() -> None:
    video = make_video()
    found = lacking(block("video", video=video.pk, clauses=[]))
    assert found == video.publish_blockers() != []
    assert lacking(block("video", video=None, clauses=[])) == ["第1块短视频没有选视频。"]


def test_an_element_has_a_text_or_a_reason_and_not_both() -> None:
    page = make_interpretation(live=False, differences="", benefits_why_not="没有。")
    assert told(page) == [
        "“惠民利民举措”既写了内容，又写了不涉及的理由，请删去一个。",
        "六项要素缺少“新旧政策差异”：请写文字，或写明不涉及的理由。",
    ]
    row = {"before": "没有规定", "after": "限时停放"}
    assert told(make_interpretation(live=False, differences="", changes=[row])) == []
    half = make_interpretation(live=False, changes=[{**row, "before": ""}])
    assert told(half) == ["新旧差异第1行没有写全：以前没有规定的，“以前”写“没有规定”。"]


def test_only_policies_and_drafts_are_explained() -> None:
    policy, other = make_policy(), make_policy(live=False)
    told_of = {
        "another interpretation": told(
            make_interpretation(make_interpretation(policy), live=False)
        ),
        "not yet public": told(make_interpretation(other, live=False)),
        "another unit's": told(make_interpretation(other, unit=make_unit("别处"), live=False)),
        "twice": told(make_interpretation(policy, policy, live=False)),
        "a draft": told(make_interpretation(make_draft(), live=False)),
    }
    assert told_of == {
        "another interpretation": ["解读的只能是政策文件或决策草案，请重新选择。"],
        "not yet public": [
            f"所解读的“{other.title}”还没有公布：请先公布文件，或用“同步发布”一起公布。"
        ],
        "another unit's": ["所选的文件是别的单位还没有公布的页面，请等它公布后再选。"],
        "twice": ["同一份文件选了两次。"],
        "a draft": [],
    }


def test_a_clause_that_is_not_there_is_named() -> None:
    policy, other = make_policy(), make_policy()
    mine, foreign = policy.clauses[1].id, other.clauses[1].id
    body = [
        questions(question("收费吗？", clauses=[mine]), question("为什么？", clauses=[foreign]))
    ]
    page = make_interpretation(
        policy,
        body=body,
        changes=[{"before": "无", "after": "有", "clause": foreign}],
        live=False,
    )
    assert told(page) == [
        "“为什么？”引用的条款在所解读的文件中找不到，请重新选择。",
        "新旧差异第1行引用的条款在所解读的文件中找不到，请重新选择。",
    ]
