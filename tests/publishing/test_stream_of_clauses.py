"""What is imported is what the StreamField holds: nothing is lost on the way to the blocks."""

import pytest

from publishing.clauses.blocks import ClauseStreamBlock, clauses_of, raw_stream
from publishing.clauses.clause import ClauseText
from publishing.clauses.flatten import flatten
from publishing.clauses.parser import parse_text
from tests.documents import REAL, read_real


def there_and_back(clauses: list[ClauseText]) -> list[ClauseText]:
    return clauses_of(ClauseStreamBlock().to_python(raw_stream(clauses)))


def words(clauses: list[ClauseText]) -> list[tuple[str, str, str]]:
    return [(c.id, c.kind, "".join(c.full_text.split())) for c in clauses]


@pytest.mark.parametrize("name", REAL)
def test_real_documents_survive_the_stream(name: str) -> None:
    clauses = flatten(parse_text(read_real(name)))
    assert words(there_and_back(clauses)) == words(clauses)


def test_table_keeps_its_repeated_header() -> None:
    text = "\n".join(
        [
            "关于办理时限的通知",
            "一、事项。见下表。",
            "\t事项",
            "\t时限",
            "",
            "\t办证",
            "\t三日",
            "",
            "\t事项",
            "\t时限",
            "",
            "\t年检",
            "\t五日",
            "",
        ]
    )
    clauses = flatten(parse_text(text))
    table = next(c for c in there_and_back(clauses) if c.kind == "table")
    assert [(row.header, row.repeated) for row in table.rows] == [
        (True, False),
        (False, False),
        (True, True),
        (False, False),
    ]


@pytest.mark.parametrize(("level", "is_same"), [("2", True), ("3", False)])
def test_an_untouched_form_is_no_change(level: str, is_same: bool) -> None:
    """As the browser sends it: numbers as texts, CRLF; else every save would be a new version."""
    block = ClauseStreamBlock()
    clause = ClauseText(
        id="7c1f4f5e-43cf-4a4e-9e3a-0b6a6f1f7a10",
        kind="clause",
        label="第一条",
        text="下列老年人优先：\n（一）独居的。",
        level=2,
        commentable=True,
    )
    sent = {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "clause",
        "body-0-id": clause.id,
        "body-0-value-label": "第一条",
        "body-0-value-heading": "",
        "body-0-value-text": "下列老年人优先：\r\n（一）独居的。",
        "body-0-value-level": level,
    }
    read = block.value_from_datadict(sent, {}, "body")
    stored = block.to_python(raw_stream([clause]))
    assert (block.get_prep_value(read) == block.get_prep_value(stored)) is is_same
    assert (clauses_of(block.clean(read)) == [clause]) is is_same
