"""Titles, references, recipients, signatures, parts."""

import pytest

from publishing.clauses.parser import parse_text
from tests.factories.shapes import labels, messages, tree

NOTICE = (
    "青石镇人民政府关于印发\n《青石镇便民服务方案》的通知\n青府发〔2024〕3号\n"
    "各村（居）委会，镇直各单位：\n现将《青石镇便民服务方案》印发给你们，请认真执行。\n"
    "青石镇人民政府\n2024年3月1日\n（此件公开发布）\n"
)
PLAN = "青石镇便民服务方案\n为了方便群众，制定本方案。\n一、总体要求\n办好每一件事。\n"


def test_a_notice_and_what_it_issues_are_two_parts() -> None:
    document = parse_text(NOTICE + PLAN)
    assert [part.title for part in document.parts] == [
        "青石镇人民政府关于印发《青石镇便民服务方案》的通知",
        "青石镇便民服务方案",
    ]
    assert (document.title, document.reference) == (document.parts[0].title, "青府发〔2024〕3号")
    assert (document.issuer, document.date) == ("青石镇人民政府", "2024-03-01")
    assert [block.kind for block in document.parts[0].blocks] == [
        "title",
        "reference",
        "recipient",
        "paragraph",
        "signature",
        "date",
        "note",
    ]
    assert document.warnings == []


def test_a_plan_is_found_by_its_announced_title_where_nobody_signed() -> None:
    unsigned = NOTICE.replace("青石镇人民政府\n2024年3月1日\n（此件公开发布）\n", "")
    assert [part.title for part in parse_text(unsigned + PLAN).parts] == [
        "青石镇人民政府关于印发《青石镇便民服务方案》的通知",
        "青石镇便民服务方案",
    ]


def test_two_works_issued_by_one_notice() -> None:
    notice = NOTICE.replace(
        "现将《青石镇便民服务方案》印发",
        "现将《青石镇便民服务方案》和《青石镇服务评价办法》印发",
    )
    document = parse_text(notice + PLAN + "青石镇服务评价办法\n第一条 为了评价，制定本办法。\n")
    assert [part.title for part in document.parts][1:] == [
        "青石镇便民服务方案",
        "青石镇服务评价办法",
    ]


def test_an_issuer_stands_on_a_line_of_its_own_below_the_reference() -> None:
    text = "青府发[2024]3号\n\n青石镇人民政府\n\n关于做好防汛工作的通知\n\n各村：\n请做好。"
    document = parse_text(text)
    assert tree(text)[:4] == [
        "reference ||青府发[2024]3号",
        "issuer ||青石镇人民政府",
        "title ||关于做好防汛工作的通知",
        "recipient ||各村：",
    ]
    assert (document.issuer, document.title) == ("青石镇人民政府", "关于做好防汛工作的通知")


def test_the_letterhead_is_the_issuer() -> None:
    document = parse_text("青石镇人民政府文件\n青府发〔2024〕3号\n关于防汛的通知\n各村：\n请做好。")
    assert (document.issuer, document.reference) == ("青石镇人民政府", "青府发〔2024〕3号")


def test_an_office_on_the_first_line_begins_the_title() -> None:
    text = "青石镇人民政府\n关于做好防汛\n工作的通知\n青府发〔2024〕3号\n各村：\n请做好。"
    document = parse_text(text)
    assert document.title == "青石镇人民政府关于做好防汛工作的通知"
    assert document.issuer == "青石镇人民政府"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("青 石 镇 工 作 规 则\n第一条 甲。", "青石镇工作规则"),
        ("青石镇关于2024年\n便民服务的意见\n为了服务。", "青石镇关于2024年便民服务的意见"),
        ("青石镇服务办法\n（试行）\n第一条 甲。", "青石镇服务办法（试行）"),
        ("青石镇服务办法\n（2024年3月1日发布）\n第一条 甲。", "青石镇服务办法"),
        ("关于修改《青石镇服务\n办法》的决定\n为了修改。", "关于修改《青石镇服务办法》的决定"),
        ("“无忧小镇”建设方案\n为了建设。", "“无忧小镇”建设方案"),
        ("一、没有标题的文件\n只有正文。", ""),
    ],
)
def test_titles(lines: str, title: str) -> None:
    assert parse_text(lines).title == title


@pytest.mark.parametrize(
    "reference",
    [
        "国办发〔2019〕3号",
        "社府发[2022]3号",
        "青府办字（2022）12号",
        "国办发明电〔2018〕15号",
        "国令第713号",
        "令第711号",
        "青府发〔2024〕号",
    ],
)
def test_references(reference: str) -> None:
    assert parse_text(f"青石镇服务办法\n{reference}\n各村：\n请照办。").reference == reference


def test_an_order_is_named_with_its_number() -> None:
    document = parse_text(
        "中华人民共和国国务院令\n第 706 号\n《青石条例》已经通过，现予公布。\n"
        "总理　　某某某\n2018年11月6日\n青石条例\n第一条 甲。"
    )
    assert document.reference == "中华人民共和国国务院令第706号"
    assert (document.issuer, document.date) == ("国务院", "2018-11-06")
    assert [part.title for part in document.parts] == ["中华人民共和国国务院令", "青石条例"]


def test_the_notes_below_the_title_of_a_statute() -> None:
    document = parse_text(
        "青石条例\n\n2007年4月5日 青石省人民政府令第12号公布\n\n"
        "2019年4月3日 青石省人民政府令第71号修订\n\n2019年5月15日 施行\n\n第一条 甲。"
    )
    assert [block.kind for block in document.parts[0].blocks] == [
        "title",
        "note",
        "note",
        "note",
        "article",
    ]
    assert document.reference == "青石省人民政府令第71号"
    assert (document.issuer, document.date) == ("青石省人民政府", "2019-04-03")


@pytest.mark.parametrize(
    ("note", "date"),
    [
        ("（2021年8月20日第三十次会议通过　自2021年11月1日起施行）", "2021-08-20"),
        ("（2002年6月29日通过　根据2017年11月4日《关于修改的决定》修正）", "2017-11-04"),
        ("（2024年2月5日）", "2024-02-05"),
        ("2019年9月1日 施行", None),
    ],
)
def test_the_date_of_a_text_that_nobody_signed(note: str, date: str | None) -> None:
    assert parse_text(f"青石镇办法\n{note}\n第一条 甲。").date == date


def test_two_offices_in_a_title_and_in_a_signature() -> None:
    title = "中共青石镇委员会  青石镇人民政府\n关于做好工作的意见\n"
    assert parse_text(f"{title}为了做好工作。").issuer == "中共青石镇委员会、青石镇人民政府"
    signed = "关于甲事的通知\n各村：\n请办好。\n青石县民政局　青石县财政局\n2024年3月1日"
    assert parse_text(signed).issuer == "青石县民政局、青石县财政局"


def test_a_note_in_brackets_over_two_lines() -> None:
    text = "青石规则\n（二○○四年六月十六日第5次\n会议通过）\n第一章 总则\n一、甲。"
    assert tree(text)[1] == "note ||（二○○四年六月十六日第5次\n会议通过）"


@pytest.mark.parametrize(
    ("end", "kinds"),
    [
        ("青石镇人民政府\n2024年3月1日", ["signature", "date"]),
        ("青石镇人民政府    2024年3月1日", ["signature", "date"]),
        ("青石县财政局\n青石县民政局\n2024年3月1日", ["signature", "signature", "date"]),
        ("二〇二四年三月一日", ["date"]),
        ("2024年3月1日\n青石镇人民政府", ["date", "signature"]),
        ("青石镇人民政府\n2024年3月1日\n抄送：县政府办公室。", ["signature", "date", "note"]),
        ("镇政府\n2024年3月1日\n青石镇党政办  2024年3月1日印发", ["signature", "date", "note"]),
    ],
)
def test_signatures(end: str, kinds: list[str]) -> None:
    blocks = parse_text(f"关于防汛的通知\n各村：\n请做好防汛工作。\n{end}").parts[0].blocks
    assert [block.kind for block in blocks][3:] == kinds


def test_text_below_signature_and_date_is_pointed_out() -> None:
    text = (
        "关于防汛的通知\n各村：\n请做好。\n青石镇人民政府\n2024年3月1日\n还要注意安全，不能大意。"
    )
    assert messages(text) == [(6, "署名和日期之后还有文字，请核对位置")]


def test_a_table_of_contents_is_a_note_and_makes_no_chapters() -> None:
    text = (
        "青石条例\n目　录\n第一章　总则\n第二章　办法……………… 3\n第一章　总则\n第一条　甲。\n"
        "第二章　办法\n第二条　乙。"
    )
    assert labels(text, "chapter") == ["第一章", "第二章"]
    assert tree(text)[1] == "note ||目　录\n第一章　总则\n第二章　办法……………… 3"


def test_contents_without_their_heading() -> None:
    chapters = "第一章 总则\n第二章 办法\n第三章 附则\n"
    text = f"青石条例\n{chapters}第一章 总则\n第一条 甲。\n第二章 办法\n第三章 附则\n第二条 乙。"
    assert labels(text, "chapter") == ["第一章", "第二章", "第三章"]
    assert messages(text) == []


def test_chapters_in_a_row_that_do_not_come_again_are_chapters() -> None:
    text = (
        "青石条例\n第一编 甲\n第一章 乙\n第一节 丙\n第一条 丁。\n第二章 乙\n第一节 丙\n第二条 戊。"
    )
    assert labels(text, "chapter") == ["第一编", "第一章", "第二章"]


def test_a_second_document_in_the_file_begins_with_its_reference() -> None:
    text = (
        "关于甲事的通知\n各村：\n请办好甲事。\n"
        + "青府发〔2024〕4号\n关于乙事的通知\n各村：\n请办好乙事。"
    )
    assert [part.title for part in parse_text(text).parts] == ["关于甲事的通知", "关于乙事的通知"]
