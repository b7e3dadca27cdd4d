from publishing.clauses.clause import ClauseText
from publishing.clauses.places import place_labels


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
