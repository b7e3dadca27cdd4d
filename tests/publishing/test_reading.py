from dataclasses import replace

from publishing.clauses.clause import ClauseText, Row
from publishing.reading import contents, reading_rows


def clause(**fields: object) -> ClauseText:
    defaults = {"id": "a", "kind": "clause", "commentable": True, "level": 1}
    return ClauseText(**{**defaults, **fields})  # type: ignore[arg-type] # plain fields


def heading(level: int) -> ClauseText:
    return ClauseText(id=f"h{level}", kind="heading", heading="标题", level=level)


def test_label_and_heading_are_set_apart_from_the_text() -> None:
    rows = reading_rows(
        [
            clause(label="第三条", text="本办法自公布之日起施行。"),
            clause(label="（一）", heading="指导思想。", text="坚持便民。"),
            clause(label="1.", heading="目标", text="便民。"),
            clause(text="没有序号的一段。"),
        ],
        {},
    )
    assert [(row.lead, row.rest) for row in rows] == [
        ("第三条", "\u3000本办法自公布之日起施行。"),
        ("（一）指导思想。", "坚持便民。"),
        ("1.目标", "\n便民。"),
        ("", "没有序号的一段。"),
    ]


def test_a_name_is_the_heading_or_how_it_begins() -> None:
    rows = reading_rows(
        [
            clause(label="（一）", heading="指导思想。", text="坚持便民。"),
            clause(label="第三条", text="字" * 40),
            clause(label="4.", text="\n每天清运一次。\n雨天顺延。"),
        ],
        {},
    )
    names = [row.name for row in rows]
    assert names == ["（一）指导思想", f"第三条\u3000{'字' * 16}…", "4.每天清运一次"]


def test_a_table_without_a_caption_is_called_by_its_columns() -> None:
    table = clause(id="t", kind="table", rows=(Row(("序号", "区域", ""), header=True),))
    captioned = replace(table, id="c", heading="清运时间表")
    rows = reading_rows([clause(id="4", label="4."), table, captioned], {})
    assert [row.name for row in rows] == ["4.表格：序号、区域", "表格：序号、区域", "清运时间表"]
    assert rows[1].lead == ""


def test_no_level_of_headings_is_skipped() -> None:
    levels = [2, 4, 4, 2, 3, 9, 1, 2]
    tags = [row.tag for row in reading_rows([heading(level) for level in levels], {})]
    assert tags == ["h3", "h4", "h4", "h3", "h4", "h5", "h3", "h4"]


def test_a_table_shows_its_header_once() -> None:
    rows = (
        Row(("事项", "时限"), header=True),
        Row(("换证", "3日")),
        Row(("事项", "时限"), header=True, repeated=True),
        Row(("补证", "5日")),
    )
    row = reading_rows([clause(kind="table", rows=rows)], {})[0]
    assert [line.cells for line in row.head] == [("事项", "时限")]
    assert [line.cells for line in row.body] == [("换证", "3日"), ("补证", "5日")]


def test_the_contents_list_headings_and_clauses() -> None:
    rows = reading_rows(
        [
            heading(1),
            ClauseText(id="p", kind="paragraph", text="引言"),
            clause(id="c", text="条款"),
            clause(id="empty"),
        ],
        {"c": 2},
    )
    assert [(row.id, row.count) for row in contents(rows)] == [("h1", 0), ("c", 2)]
