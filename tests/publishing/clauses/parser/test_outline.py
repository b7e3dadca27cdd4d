"""Which numbers are markers, and what lies below what."""

import pytest

from tests.factories.shapes import labels, messages, tree


def test_levels_of_an_official_document() -> None:
    text = "一、总体要求\n（一）指导思想。要这样做。\n1.第一件事。这样做。\n（1）细处；\n二、组织"
    assert tree(text) == [
        "heading 一、|总体要求|",
        "  heading （一）|指导思想。|要这样做。",
        "    heading 1.|第一件事。|这样做。",
        "      item （1）||细处；",
        "heading 二、|组织|",
    ]


def test_levels_of_a_statute() -> None:
    text = (
        "第一编 总则\n第一章　总　则\n第一节 目的\n第一条　为了办事。\n另一款。\n"
        "有下列情形的：\n（一）甲；\n1.乙；\n（二）丙。\n再一款。\n第二条 又一条。"
    )
    assert tree(text) == [
        "chapter 第一编|总则|",
        "  chapter 第一章|总　则|",
        "    section 第一节|目的|",
        "      article 第一条||为了办事。",
        "        paragraph ||另一款。",
        "        paragraph ||有下列情形的：",
        "        item （一）||甲；",
        "          item 1.||乙；",
        "        item （二）||丙。",
        "        paragraph ||再一款。",
        "      article 第二条||又一条。",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一、甲\n1.乙\n2.16个领域\n3.丙", ["一、", "1.", "2.", "3."]),
        ("一、甲\n1.乙\n2022年的事。\n2.丙", ["一、", "1.", "2."]),
        ("一、甲\n1.乙\n3.5%的增长。\n2.丙", ["一、", "1.", "2."]),
        ("一、甲\n1.5万元以上的。\n2022年。", ["一、"]),
        ("一、甲\n1、乙\n2．丙\n3.丁\n４．戊", ["一、", "1、", "2．", "3.", "４．"]),
        ("（一）甲\n(二)乙\n（三)丙\n㈣丁", ["（一）", "(二)", "（三)", "㈣"]),
        ("一、甲\n①乙\n②丙\n⑴丁\n⑵戊", ["一、", "①", "②", "⑴", "⑵"]),
        ("一、甲\na.乙\nb.丙", ["一、", "a.", "b."]),
        ("一、甲\nA.P.C.会议。\n乙。", ["一、"]),
        ("一、甲\nⅠ.乙\nⅡ.丙\nⅢ.丁", ["一、", "Ⅰ.", "Ⅱ.", "Ⅲ."]),
        ("一、甲\n三、四线城市的事。\n二、乙", ["一、", "二、"]),
        ("一、甲\n（三）项规定的事。\n（三）项目概况；", ["一、", "（三）"]),
        ("第一条 甲。\n第二条第一款说的。\n第二条 乙。", ["第一条", "第二条"]),
        ("第一条为了甲。\n第三条规定的事。\n第二条乙事。", ["第一条", "第二条"]),
        ("第十条 甲。\n第十条之一 乙。\n第十一条 丙。", ["第十条", "第十条之一", "第十一条"]),
        ("第 1 条 甲。\n第 2 条 乙。", ["第 1 条", "第 2 条"]),
        ("笫一条 甲。\n第二条 乙。", ["笫一条", "第二条"]),
        ("第一章总则\n第二章的规定。\n第二章 办法", ["第一章", "第二章"]),
    ],
)
def test_a_number_counts_when_it_follows_its_predecessor(text: str, found: list[str]) -> None:
    assert labels(text) == found


def test_numbers_run_on_across_chapters_and_sections() -> None:
    chapters = "第一章 甲\n一、某某事项应当办理。\n二、某某事项可以办理。\n第二章 乙\n三、其余的。"
    assert tree(chapters)[3:] == ["chapter 第二章|乙|", "  item 三、||其余的。"]
    sections = "一、甲\n（一）某事。\n（二）某事。\n二、乙\n（三）某事。"
    assert tree(sections)[3:] == ["heading 二、|乙|", "  item （三）||某事。"]
    assert messages(chapters) == messages(sections) == []


def test_decimal_numbers() -> None:
    text = (
        "1　总则\n1.1　目的\n为了某事。\n1.1.1　范围广。\n1.2　原则\n（1）统一。\n"
        "2　职责\n2.1　机构"
    )
    assert tree(text) == [
        "heading 1|总则|",
        "  heading 1.1|目的|",
        "    paragraph ||为了某事。",
        "    item 1.1.1||范围广。",
        "  heading 1.2|原则|",
        "    item （1）||统一。",
        "heading 2|职责|",
        "  heading 2.1|机构|",
    ]


def test_decimal_numbers_below_chinese_ones() -> None:
    assert tree("一、总则\n1.1 目的\n1.2 原则\n二、职责\n2.1 机构\n2.2 人员") == [
        "heading 一、|总则|",
        "  heading 1.1|目的|",
        "  heading 1.2|原则|",
        "heading 二、|职责|",
        "  heading 2.1|机构|",
        "  heading 2.2|人员|",
    ]


def test_a_document_that_nests_otherwise() -> None:
    """（一） below 1.: seen by the list of 1. going on."""
    assert tree("1.甲事\n（一）甲一。\n（二）甲二。\n2.乙事\n（一）乙一。") == [
        "heading 1.|甲事|",
        "  item （一）||甲一。",
        "  item （二）||甲二。",
        "heading 2.|乙事|",
        "  item （一）||乙一。",
    ]


def test_articles_below_numbered_parts() -> None:
    text = "一、总则\n第一条 甲。\n第二条 乙。\n二、办法\n第三条 丙。"
    assert tree(text) == [
        "heading 一、|总则|",
        "  article 第一条||甲。",
        "  article 第二条||乙。",
        "heading 二、|办法|",
        "  article 第三条||丙。",
    ]


def test_a_list_opened_by_a_colon_gives_the_next_paragraph_back() -> None:
    text = "一、会议由下列人员组成并讨论下列事项：\n（一）甲；\n（二）乙。\n会议每年召开一次。"
    assert tree(text) == [
        "item 一、||会议由下列人员组成并讨论下列事项：",
        "  item （一）||甲；",
        "  item （二）||乙。",
        "  paragraph ||会议每年召开一次。",
    ]


def test_a_paragraph_after_an_item_with_a_heading_belongs_to_it() -> None:
    text = "一、任务\n（一）抓好甲事。要抓好。\n还要抓好乙事。\n（二）抓好丙事。要抓好。"
    assert tree(text)[1:] == [
        "  heading （一）|抓好甲事。|要抓好。",
        "    paragraph ||还要抓好乙事。",
        "  heading （二）|抓好丙事。|要抓好。",
    ]


def test_headings_without_number() -> None:
    text = "第一章 甲\n第一条 乙。\n附　则\n第二条 丙。"
    assert tree(text)[2:] == ["chapter |附　则|", "  article 第二条||丙。"]


def test_the_heading_of_a_chapter_on_the_next_line() -> None:
    assert tree("第一章\n总　则\n第一条 甲。")[0] == "chapter 第一章|总　则|"


def test_bullets_are_items() -> None:
    assert tree("一、甲\n• 乙；\n• 丙。") == [
        "heading 一、|甲|",
        "  item •||乙；",
        "  item •||丙。",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("一、甲\n二、乙\n四、丁", (3, "“四、”之前缺少第 3 项")),
        ("（一）甲\n（五）戊", (2, "“（五）”之前缺少第 2 至 4 项")),
        ("（二）乙\n（三）丙", (1, "编号从“（二）”开始，缺少前面的第 1 项")),
        ("一、甲\n一、乙\n二、丙\n二、丁", (4, "编号“二、”重复")),
        ("一、甲\n二、乙\n三、丙\n二、丁", (4, "编号“二、”出现在第 3 项之后，请核对顺序")),
        ("第一条 甲。\n\n第三条 丙。", (3, "“第三条”之前缺少第 2 项")),
    ],
)
def test_what_is_wrong_with_numbers_is_said(text: str, message: tuple[int, str]) -> None:
    assert messages(text) == [message]


def test_a_list_begun_inside_of_a_paragraph_lacks_nothing() -> None:
    assert messages("一、甲\n注：1、乙。\n2、丙。") == []
