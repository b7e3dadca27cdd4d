from publishing.clauses.clause import ClauseText, Row
from publishing.clauses.places import place_labels, stand_in_headings


def heading(label: str, level: int) -> ClauseText:
    return ClauseText(id=f"h{label}", kind="heading", label=label, level=level)


def clause(name: str, label: str, level: int) -> ClauseText:
    return ClauseText(id=name, kind="clause", label=label, level=level, commentable=True)


def test_a_label_that_stands_twice_is_led_by_the_heading_above() -> None:
    clauses = [
        heading("一、", 1),
        clause("a", "（一）", 2),
        clause("b", "（二）", 2),
        heading("二、", 1),
        clause("c", "（一）", 2),
    ]
    labels = place_labels(clauses)
    assert [labels[name] for name in "abc"] == ["一、（一）", "（二）", "二、（一）"]


def test_the_width_of_brackets_makes_no_other_label() -> None:
    clauses = [
        heading("二、", 1),
        clause("a", "(三)", 2),
        heading("三、", 1),
        clause("b", "（三）", 2),
    ]
    labels = place_labels(clauses)
    assert [labels[name] for name in "ab"] == ["二、(三)", "三、（三）"]


def test_articles_run_through_and_stay_as_they_are() -> None:
    clauses = [
        heading("第一章", 1),
        clause("a", "第一条", 2),
        heading("第二章", 1),
        clause("b", "第二条", 2),
    ]
    labels = place_labels(clauses)
    assert [labels[name] for name in "ab"] == ["第一条", "第二条"]


def test_a_title_ends_what_was_above() -> None:
    clauses = [
        heading("一、", 1),
        clause("a", "（一）", 2),
        ClauseText(id="t", kind="heading", heading="附件标题", level=0),
        clause("b", "（一）", 1),
    ]
    labels = place_labels(clauses)
    assert [labels[name] for name in "ab"] == ["一、（一）", "（一）"]


def table(name: str, *rows: tuple[str, ...], heading: str = "") -> ClauseText:
    cells = tuple(Row(row) for row in rows)
    return ClauseText(id=name, kind="table", heading=heading, rows=cells, commentable=True)


def test_what_has_no_words_of_its_own_is_called_by_its_table() -> None:
    names = stand_in_headings(
        [
            clause("bare", "4.", 2),
            table("plain", ("", ""), ("序号", "区域", "区域")),
            clause("led", "5.", 2),
            table("captioned", ("序号",), heading="时间表"),
            table("empty", ("",)),
            ClauseText(id="said", kind="clause", label="6.", text="有字。"),
            clause("lone", "7.", 2),
        ]
    )
    assert names == {
        "bare": "表格：序号、区域",
        "plain": "表格：序号、区域",
        "led": "时间表",
        "empty": "表格",
    }
