"""The real documents, by their figures; each was read line by line against its outline."""

from collections import Counter

import pytest

from publishing.clauses.document import Block, Document, Part, words_of
from publishing.clauses.parser import parse_text
from tests.documents import FOLDER, REAL, read_real
from tests.factories.shapes import first_table

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the real documents are not here")

# name: (lines of the title, reference, issuer, date, kinds of the marked blocks by part)
FIGURES: dict[str, tuple[list[int], str | None, str | None, str, list[dict[str, int]]]] = {
    "gov-006": ([0, 1], "国办发〔2019〕3号", "国务院办公厅", "2019-01-09", [{"heading": 13}]),
    "gov-007": (
        [0, 1],
        "国办发〔2018〕128号",
        "国务院办公厅",
        "2018-12-29",
        [{}, {"heading": 23}],
    ),
    "gov-010": (
        [0, 1],
        "国办发〔2018〕126号",
        "国务院办公厅",
        "2018-12-23",
        [{"heading": 8, "item": 5, "attachment": 1}],
    ),
    "gov-014": ([0, 1], "国函〔2018〕159号", "国务院", "2018-12-25", [{"heading": 14}]),
    "gov-017": ([0, 1], "国办发〔2018〕123号", "国务院办公厅", "2018-12-07", [{"heading": 22}]),
    "gov-032": (
        [0, 1],
        "国发〔2018〕41号",
        "国务院",
        "2018-12-13",
        [{}, {"chapter": 9, "article": 32, "item": 14}],
    ),
    "gov-047": (
        [0, 1],
        "国发〔2004〕18号",
        "国务院",
        "2004-06-26",
        [{}, {"chapter": 10, "item": 60}],
    ),
    "gov-057": (
        [0, 1],
        "国发〔2018〕38号",
        "国务院",
        "2018-11-07",
        [{"heading": 5, "item": 53}],
    ),
    "personal-information-law": (
        [0],
        None,
        None,
        "2021-08-20",
        [{"chapter": 8, "section": 3, "article": 74, "item": 62}],
    ),
    "shexi-2022-3": (
        [7],
        "社府发[2022]3号",
        "社溪镇人民政府",
        "2022-02-20",
        [{}, {"heading": 13, "attachment": 2}],
    ),
    "state-council-711": (
        [0],
        "中华人民共和国国务院令第711号",
        "国务院",
        "2019-04-03",
        [{"chapter": 6, "article": 56, "item": 41}],
    ),
    "state-council-713": (
        [0],
        "中华人民共和国国务院令第713号",
        "国务院",
        "2019-04-20",
        [{"chapter": 6, "section": 6, "article": 44, "item": 23}],
    ),
}


def read(name: str) -> Document:
    return parse_text(read_real(f"{name}.txt"))


def marked(part: Part) -> dict[str, int]:
    return dict(
        Counter(block.kind for block in part.walk() if block.label and block.kind != "note")
    )


@pytest.mark.parametrize("name", FIGURES)
def test_fields_and_figures(name: str) -> None:
    title_lines, reference, issuer, date, kinds = FIGURES[name]
    lines, document = read_real(f"{name}.txt").split("\n"), read(name)
    assert document.title == "".join(lines[number].strip() for number in title_lines)
    assert (document.reference, document.issuer, document.date) == (reference, issuer, date)
    assert [marked(part) for part in document.parts] == kinds
    assert document.warnings == []


@pytest.mark.parametrize("name", REAL)
def test_nothing_is_lost(name: str) -> None:
    text = read_real(name)
    assert words_of(parse_text(text)) == "".join(text.split())


@pytest.mark.parametrize("name", ["state-council-713", "state-council-711"])
def test_articles_are_counted_through(name: str) -> None:
    articles = [block for block in read(name).walk() if block.kind == "article"]
    assert [block.number for block in articles] == list(range(1, len(articles) + 1))
    assert all(block.commentable and not block.heading for block in articles)


def children(block: Block) -> list[str]:
    return [child.label for child in block.children if child.label]


def test_the_plan_has_its_levels() -> None:
    plan = read("shexi-2022-3").parts[1]
    first = [block for block in plan.walk() if block.level == 1]
    assert [block.label for block in first] == ["一、", "二、", "三、"]
    assert [len(children(block)) for block in first] == [2, 5, 3]
    assert children(first[1]) == ["(一)", "(二)", "(三)", "(四)", "(五)"]
    assert children(first[2]) == ["（一）", "（二）", "（三）"]
    second = [block for block in plan.walk() if block.level == 2]
    assert all(block.heading.endswith("。") and block.text for block in second)
    assert [block for block in plan.walk() if block.level > 2] == []


def test_the_plan_has_its_attachments_and_its_table() -> None:
    document = read("shexi-2022-3")
    attachments = [block for block in document.walk() if block.kind == "attachment"]
    assert [(block.label, block.number) for block in attachments] == [("附件1", 1), ("附件2", 2)]
    table = first_table(document)
    assert attachments[1].children == [table]
    assert len(table.rows) == 31
    assert [index for index, row in enumerate(table.rows) if row.header] == [0, 8, 20]
    assert [index for index, row in enumerate(table.rows) if row.repeated] == [8, 20]
    assert {len(row.cells) for row in table.rows} == {5}
    items = [row.cells[2] for row in table.rows if not row.header]
    assert [int(item.split(".")[0]) for item in items] == list(range(1, 29))
    assert table.rows[6].cells[4].count("\n") == 1


def test_what_people_can_speak_to_in_the_plan() -> None:
    units = [block for block in read("shexi-2022-3").walk() if block.commentable]
    assert [block.kind for block in units] == ["heading"] * 10 + ["table"]


def test_numbers_run_on_in_the_rules_and_the_measures() -> None:
    rules = [block for block in read("gov-047").walk() if block.label.endswith("、")]
    assert [block.number for block in rules] == list(range(1, 55))
    measures = [block for block in read("gov-057").walk() if block.label.startswith("（")]
    assert [block.number for block in measures] == list(range(1, 54))
