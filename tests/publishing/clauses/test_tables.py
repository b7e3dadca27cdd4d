"""Redlines of tables: rows and cells that stayed, changed, came, went."""

from hypothesis import given
from hypothesis import strategies as st

from publishing.clauses.clause import Row
from publishing.clauses.segments import Segment
from publishing.clauses.tables import ROW_PAIRS, CellChange, RowChange, row_changes

HEADER = Row(("序号", "事项", "时限"), header=True)
FIRST = Row(("1", "公布办事指南", "三月底"))
SECOND = Row(("2", "开放便民窗口", "六月底"))
CELLS = st.lists(st.text(st.sampled_from("一二三，12 "), max_size=6), max_size=4).map(tuple)
TABLES = st.lists(st.builds(Row, CELLS), max_size=6)


def ops(old: list[Row], new: list[Row]) -> list[str]:
    return [change.op for change in row_changes(old, new)]


def written(cell: CellChange, without: str) -> str:
    return "".join(piece.text for piece in cell.segments if piece.op != without)


def side(changes: tuple[RowChange, ...], gone: str, without: str) -> list[tuple[str, ...]]:
    return [
        tuple(written(cell, without) for cell in row.cells if cell.op != gone)
        for row in changes
        if row.op != gone
    ]


def test_a_changed_cell_is_compared_by_character() -> None:
    later = Row(("1", "公布办事指南", "四月底"))
    assert row_changes([HEADER, FIRST], [HEADER, later])[1] == RowChange(
        "changed",
        (
            CellChange("same", (Segment("same", "1"),)),
            CellChange("same", (Segment("same", "公布办事指南"),)),
            CellChange(
                "changed",
                (Segment("delete", "三"), Segment("insert", "四"), Segment("same", "月底")),
            ),
        ),
        header=False,
        repeated=False,
    )


def test_rows_that_came_and_went_stand_at_their_places() -> None:
    new = Row(("2", "组织春节灯会", "腊月"))
    assert ops([HEADER, FIRST, SECOND], [HEADER, FIRST]) == ["same", "same", "removed"]
    assert ops([HEADER, SECOND], [HEADER, FIRST, SECOND]) == ["same", "added", "same"]
    assert ops([HEADER, SECOND], [HEADER, new]) == ["same", "removed", "added"]


def test_a_row_is_followed_past_new_ones() -> None:
    """The second row changed and got a new one before it: the likest is its successor."""
    new = Row(("2", "组织春节灯会", "腊月"))
    third = Row(("3", "开放便民服务窗口", "六月底"))
    assert ops([HEADER, FIRST, SECOND], [HEADER, FIRST, new, third]) == [
        "same",
        "same",
        "added",
        "changed",
    ]


def test_of_two_rows_alike_the_liker_is_the_same() -> None:
    near, nearest = Row(("2", "开放图书室", "六月底")), Row(("3", "开放便民窗口", "六月底"))
    assert ops([SECOND], [near, nearest]) == ["added", "changed"]
    assert ops([SECOND], [nearest, near]) == ["changed", "added"]


def test_cells_of_as_many_columns_are_compared_in_place() -> None:
    office, school = "镇便民服务中心", "镇中心小学校"
    (change,) = row_changes([Row((office, school))], [Row((school, office))])
    assert [cell.op for cell in change.cells] == ["changed", "changed"]


def test_a_new_column_leaves_the_other_cells_alone() -> None:
    wider = Row(("1", "公布办事指南", "党政办", "三月底"))
    (change,) = row_changes([FIRST], [wider])
    assert [cell.op for cell in change.cells] == ["same", "same", "added", "same"]
    (change,) = row_changes([wider], [FIRST])
    assert [cell.op for cell in change.cells] == ["same", "same", "removed", "same"]


def test_marks_of_the_header_are_those_of_the_new_row() -> None:
    again = Row(HEADER.cells, header=True, repeated=True)
    changes = row_changes([HEADER], [HEADER, again])
    assert [(row.op, row.header, row.repeated) for row in changes] == [
        ("same", True, False),
        ("added", True, True),
    ]


def test_a_table_too_large_to_align_is_paired_by_position() -> None:
    size = int(ROW_PAIRS**0.5) + 1
    old = [Row((str(n), "旧")) for n in range(size)]
    new = [Row(("另", "外")), *(Row((str(n), "新")) for n in range(size))]
    assert ops(old, new) == ["changed"] * size + ["added"]


@given(TABLES, TABLES)
def test_both_tables_can_be_read_off(old: list[Row], new: list[Row]) -> None:
    changes = row_changes(old, new)
    assert side(changes, "removed", "delete") == [row.cells for row in new]
    assert side(changes, "added", "insert") == [row.cells for row in old]
