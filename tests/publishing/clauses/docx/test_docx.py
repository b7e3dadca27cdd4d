"""Word files → the lines that the parser reads."""

import pytest
from docx import Document as WordDocument  # python-docx: files as another program writes them

from publishing.clauses.docx import docx_text
from publishing.clauses.parser import parse_text
from publishing.clauses.reader import read_document
from tests.documents import FOLDER
from tests.factories.shapes import first_table, squeezed
from tests.factories.word import (
    cell,
    content_control,
    deleted,
    field,
    footnote_mark,
    footnotes,
    inserted,
    level,
    list_style,
    numbering,
    paragraph,
    plan_docx,
    run,
    styles,
    table,
    text_box,
    word_file,
)


def lines(*body: str, **parts: str) -> list[str]:
    return docx_text(word_file(*body, **parts)).splitlines()


def test_paragraphs_are_lines_and_empty_ones_are_left_out() -> None:
    assert lines(paragraph("甲"), paragraph(), paragraph("  乙  "), paragraph(" ")) == ["甲", "乙"]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ([run("甲"), run("乙")], ["甲乙"]),
        ([run("甲"), "<w:r><w:tab/></w:r>", run("乙")], ["甲    乙"]),
        ([run("甲"), "<w:r><w:br/></w:r>", run("乙")], ["甲", "乙"]),
        ([run("甲"), "<w:r><w:noBreakHyphen/></w:r>", run("乙")], ["甲-乙"]),
        ([run("甲"), "<w:r><w:softHyphen/></w:r>", run("乙")], ["甲乙"]),
        ([run("甲"), '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'], ["甲☑"]),
        ([run("甲"), '<w:r><w:sym w:font="SimSun" w:char="4E59"/></w:r>'], ["甲乙"]),
        ([run("甲"), '<w:r><w:sym w:char="D800"/></w:r>'], ["甲"]),
        ([run("甲"), run("乙", "<w:vanish/>"), run("丙")], ["甲丙"]),
        ([run("甲"), run("乙", '<w:vanish w:val="0"/>')], ["甲乙"]),
        ([run("甲"), f'<w:hyperlink r:id="r1">{run("乙")}</w:hyperlink>'], ["甲乙"]),
        ([run("甲"), f'<w:smartTag w:element="d">{run("乙")}</w:smartTag>'], ["甲乙"]),
        ([run("甲"), content_control(run("乙"))], ["甲乙"]),
        ([run("甲"), field("PAGE", "乙")], ["甲乙"]),
        ([run("甲"), f'<w:fldSimple w:instr="DATE">{run("乙")}</w:fldSimple>'], ["甲乙"]),
        ([run("甲"), field("IF", "乙") + field("TOC", "丙")], ["甲乙丙"]),
        ([run("甲"), "<w:ruby><w:rt/></w:ruby>", run("乙")], ["甲乙"]),
    ],
)
def test_what_is_seen_of_a_paragraph(content: list[str], shown: list[str]) -> None:
    assert lines(paragraph(*content)) == shown


def test_changes_are_taken_as_accepted() -> None:
    moved_from = f'<w:moveFrom w:id="3">{run("旧处")}</w:moveFrom>'
    moved_to = f'<w:moveTo w:id="4">{run("新处")}</w:moveTo>'
    changed = [run("第一条 "), inserted(run("应当")), deleted("可以"), run("办理")]
    body = paragraph(*changed, moved_from, moved_to)
    assert lines(body) == ["第一条 应当办理新处"]


def test_a_deleted_paragraph_and_a_deleted_end_of_paragraph() -> None:
    body = [
        paragraph("甲"),
        paragraph(deleted("乙"), mark='<w:del w:id="5"/>'),
        paragraph("丙", mark='<w:del w:id="6"/>'),
        paragraph("丁"),
    ]
    assert lines(*body) == ["甲", "丙丁"]


def test_a_deleted_paragraph_takes_no_number() -> None:
    body = [
        paragraph("甲", numbered=(1, 0)),
        paragraph(deleted("乙"), numbered=(1, 0), mark='<w:del w:id="5"/>'),
        paragraph("丙", numbered=(1, 0)),
    ]
    assert lines(*body, numbering=numbering([[level(0, "decimal", "%1.")]])) == ["1. 甲", "2. 丙"]


def test_a_deleted_row() -> None:
    gone = f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr>{cell()}{cell()}</w:tr>'
    kept = table(["甲", "乙"]).replace("</w:tbl>", f"{gone}</w:tbl>")
    assert lines(kept) == ["\t甲", "\t乙", "", ""]


def test_a_text_box_comes_once_and_after_its_paragraph() -> None:
    body = paragraph("甲", text_box(paragraph("乙"), paragraph("丙")))
    assert lines(body, paragraph("丁")) == ["甲", "乙", "丙", "丁"]


def test_words_drawn_as_pictures() -> None:
    shape = '<v:shape><v:textpath string="青石镇人民政府文件"/></v:shape>'
    drawn = f"<w:r><w:pict>{shape}</w:pict></w:r>"
    assert lines(paragraph(drawn)) == ["青石镇人民政府文件"]


def test_notes_are_marked_and_follow_their_paragraph() -> None:
    body = paragraph("甲", footnote_mark(1), "乙", footnote_mark(2))
    assert lines(body, paragraph("丙"), footnotes=footnotes("注甲", "注乙")) == [
        "甲〔注1〕乙〔注2〕",
        "〔注1〕注甲",
        "〔注2〕注乙",
        "丙",
    ]


def test_a_note_is_a_block_of_its_own() -> None:
    data = word_file(
        paragraph("第一条 甲", footnote_mark(1), "。"),
        paragraph("第二条 乙。"),
        footnotes=footnotes("来源。"),
    )
    first = read_document(data, "a.docx").parts[0].blocks[0]
    assert [(child.kind, child.label, child.number, child.text) for child in first.children] == [
        ("note", "〔注1〕", 1, "来源。")
    ]


def test_headers_and_footers_are_left_out() -> None:
    header = paragraph("青石镇").replace("<w:p>", "<w:hdr><w:p>", 1) + "</w:hdr>"
    assert lines(paragraph("甲"), header=header) == ["甲"]


def test_content_controls_around_paragraphs_and_tables() -> None:
    body = content_control(paragraph("甲"), content_control(table(["乙", "丙"])))
    assert lines(body) == ["甲", "\t乙", "\t丙", "", ""]


def test_text_hidden_by_its_style() -> None:
    hidden = '<w:style w:type="paragraph" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = [paragraph("甲", style="H"), paragraph("乙", style="L")]
    parts = {"styles": styles(hidden, list_style("L", None))}
    assert lines(*body, **parts) == ["乙"]


def test_a_table_of_contents_keeps_its_lines() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    tab = "<w:r><w:tab/></w:r>"
    body = [
        paragraph("目录"),
        paragraph(begin, separate, run("第一章 总则"), tab, run("1")),
        paragraph(run("第二章 办法"), tab, run("3"), end),
        paragraph("第一章 总则"),
        paragraph("第一条 甲。"),
    ]
    text = docx_text(word_file(*body))
    assert text.splitlines()[:3] == ["目录", "第一章 总则    1", "第二章 办法    3"]
    assert [block.kind for block in parse_text(text).walk()] == ["note", "chapter", "article"]


def test_a_field_that_never_ends_hides_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert lines(paragraph("甲", begin), paragraph("乙")) == ["甲", "乙"]


def test_tables_are_read_back_exactly() -> None:
    header, more = ["序号", "事项", "责任人"], [["2", "", "李某"], ["", "丙", ""]]
    rows = [header, ["1", "办好甲事。", "张某"], *more]
    data = word_file(paragraph("任务表"), table(*rows), paragraph("以上。"))
    document = read_document(data, "a.docx")
    assert [row.cells for row in first_table(document).rows] == rows
    assert [row.header for row in first_table(document).rows] == [True, False, False, False]
    assert [block.kind for block in document.walk()] == ["title", "table", "paragraph"]


def test_merged_cells_say_their_text_once() -> None:
    rows = [
        [cell(paragraph("标题"), span=3)],
        [cell(paragraph("甲"), merge="restart"), "乙", "丙"],
        [cell(paragraph(), merge="continue"), cell(paragraph("丁"), span=2)],
    ]
    document = read_document(word_file(table(*rows)), "a.docx")
    assert [row.cells for row in first_table(document).rows] == [
        ["标题", "", ""],
        ["甲", "乙", "丙"],
        ["", "丁", ""],
    ]
    assert document.warnings == []


def test_cells_of_several_paragraphs_and_tables_within_cells() -> None:
    inner = table(["子甲", "子乙"], ["子丙", "子丁"])
    rows = [
        ["事项", "人"],
        [cell(paragraph("一、甲"), paragraph("二、乙")), "张某"],
        [cell(paragraph("丙"), inner, paragraph()), cell(paragraph("李某"), paragraph("王某"))],
    ]
    document = read_document(word_file(table(*rows), paragraph("完了。")), "a.docx")
    assert [row.cells for row in first_table(document).rows] == [
        ["事项", "人"],
        ["一、甲\n二、乙", "张某"],
        ["丙\n子甲\n子乙\n子丙\n子丁", "李某\n王某"],
    ]


def test_a_frame_of_one_column_is_paragraphs() -> None:
    body = table([cell(paragraph("一、甲"), table(["乙", "丙"], ["丁", "戊"]))])
    assert lines(body) == ["一、甲", "\t乙", "\t丙", "", "\t丁", "\t戊", "", ""]


def test_two_tables_with_a_caption_between_them() -> None:
    body = [table(["甲", "乙"], ["丙", "丁"]), paragraph("续"), table(["戊", "己"], ["庚", "辛"])]
    document = read_document(word_file(*body), "a.docx")
    assert [block.kind for block in document.walk()] == ["table", "paragraph", "table"]


def test_word_lists_become_the_structure() -> None:
    outline = [level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）")]
    body = [
        paragraph("总体要求", numbered=(1, 0)),
        paragraph("指导思想。要这样。", numbered=(1, 1)),
        paragraph("组织领导", numbered=(1, 0)),
    ]
    document = read_document(word_file(*body, numbering=numbering([outline])), "a.docx")
    assert [(block.label, block.level, block.heading) for block in document.walk()] == [
        ("一、", 1, "总体要求"),
        ("（一）", 2, "指导思想。"),
        ("二、", 1, "组织领导"),
    ]


def test_items_that_begin_with_a_number() -> None:
    body = [paragraph(text, numbered=(1, 0)) for text in ("甲；", "16个领域；", "3.5%的增长。")]
    data = word_file(*body, numbering=numbering([[level(0, "decimal", "%1.")]]))
    assert [(block.label, block.text) for block in read_document(data, "a.docx").walk()] == [
        ("1.", "甲；"),
        ("2.", "16个领域；"),
        ("3.", "3.5%的增长。"),
    ]


def test_a_file_of_another_program(tmp_path: object) -> None:
    word = WordDocument()
    word.add_heading("青石镇服务办法", 0)
    word.add_paragraph("第一条 甲。")
    word.add_paragraph("乙；", style="List Number")
    word.add_paragraph("丙，有下列内容：", style="List Number")
    word.add_paragraph("丁。", style="List Bullet")
    grid = word.add_table(rows=2, cols=2)
    for row, texts in zip(grid.rows, (("项目", "标准"), ("戊", "十元")), strict=True):
        for box, text in zip(row.cells, texts, strict=True):
            box.text = text
    path = f"{tmp_path}/a.docx"
    word.save(path)
    with open(path, "rb") as file:
        document = read_document(file.read(), "a.docx")
    assert document.title == "青石镇服务办法"
    assert [(block.kind, block.label, block.text) for block in document.walk()][1:5] == [
        ("article", "第一条", "甲。"),
        ("item", "1.", "乙；"),
        ("item", "2.", "丙，有下列内容："),
        ("item", "•", "丁。"),
    ]
    assert [row.cells for row in first_table(document).rows] == [["项目", "标准"], ["戊", "十元"]]


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the real documents are not here")
def test_the_plan_as_a_word_file_has_the_structure_of_its_text() -> None:
    text = (FOLDER / "shexi-2022-3.txt").read_text(encoding="utf-8")
    from_word = read_document(plan_docx(text), "plan.docx")
    assert squeezed(from_word.to_json()) == squeezed(parse_text(text).to_json())
