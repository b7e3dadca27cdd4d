from publishing.clauses.parser import parse_text
from tests.factories.shapes import first_table, messages, tree


def rows(text: str) -> list[list[str]]:
    return [row.cells for row in first_table(parse_text(text)).rows]


def marks(text: str) -> list[tuple[bool, bool]]:
    return [(row.header, row.repeated) for row in first_table(parse_text(text)).rows]


def test_rows_are_separated_by_blank_lines_and_cells_begin_with_a_tab() -> None:
    text = "名单\n\n\t姓名\n\t职务\n\n\t张某\n\t镇长\n\n\t\n\t书记\n\n以上。"
    assert rows(text) == [["姓名", "职务"], ["张某", "镇长"], ["", "书记"]]
    assert tree(text)[-1] == "paragraph ||以上。"


def test_a_header_that_repeats_on_every_page() -> None:
    text = "\t姓名\n\t职务\n\n\t张某\n\t镇长\n\n\n\t姓 名\n\t职务\n\n\t李某\n\t书记\n"
    assert marks(text) == [(True, False), (False, False), (True, True), (False, False)]


def test_a_table_of_sentences_has_no_header() -> None:
    assert marks("\t甲。\n\t乙。\n\n\t丙。\n\t丁。\n") == [(False, False), (False, False)]


def test_a_title_over_all_columns_is_not_the_header() -> None:
    text = "\t责任表\n\t\n\n\t姓名\n\t职务\n\n\t张某\n\t镇长\n"
    assert marks(text) == [(False, False), (True, False), (False, False)]


def test_a_cell_of_several_paragraphs() -> None:
    indented = "\t事项\n\t人\n\n\t甲\n\t张某\n    李某\n\n\t乙\n\t王某\n"
    loose = "\t事项\n\t人\n\n\t甲\n\t张某\n\n李某\n\n\t乙\n\t王某\n"
    expected = [["事项", "人"], ["甲", "张某\n李某"], ["乙", "王某"]]
    assert rows(indented) == rows(loose) == expected


def test_a_row_goes_on_after_a_broken_cell() -> None:
    text = "\t人\n\t事\n\n\t张某\n\n李某\n\n\t甲\n\n\t王某\n\t乙\n"
    assert rows(text) == [["人", "事"], ["张某\n李某", "甲"], ["王某", "乙"]]


def test_the_last_cell_may_go_on_as_well() -> None:
    text = "\t人\n\t事\n\n\t张某\n\t甲\n    乙\n\n\n完了。"
    assert rows(text)[-1] == ["张某", "甲\n乙"]
    assert tree(text)[-1] == "paragraph ||完了。"


def test_two_blank_lines_and_other_columns_make_another_table() -> None:
    text = "\t甲\n\t乙\n\n\t丙\n\t丁\n\n\n\t一\n\t二\n\t三\n\n\t四\n\t五\n\t六\n"
    tables = [block for block in parse_text(text).walk() if block.kind == "table"]
    assert [len(table.rows[0].cells) for table in tables] == [2, 3]
    assert messages(text) == []


def test_a_caption_between_two_tables_belongs_to_neither() -> None:
    text = "\t甲\n\t乙\n\n\t丙\n\t丁\n\n\n物资情况\n\t戊\n\t己\n\n\t庚\n\t辛\n"
    assert [line.split()[0] for line in tree(text)] == ["table", "paragraph", "table"]


def test_what_is_pasted_from_a_spreadsheet() -> None:
    text = "名单如下：\n序号\t姓名\t职务\n1\t张某\t镇长\n2\t李某\t书记\n完了。"
    assert rows(text) == [["序号", "姓名", "职务"], ["1", "张某", "镇长"], ["2", "李某", "书记"]]
    assert marks(text)[0] == (True, False)


def test_paragraphs_indented_by_tabs_are_no_table() -> None:
    text = "\t一、总体要求\n\t为了办好事情。\n\t二、组织\n\t加强领导。\n"
    assert tree(text) == [
        "heading 一、|总体要求|",
        "  paragraph ||为了办好事情。",
        "heading 二、|组织|",
        "  paragraph ||加强领导。",
    ]


def test_items_with_a_tab_after_the_number_are_no_table() -> None:
    assert tree("一、甲\n1.\t乙；\n2.\t丙；\n3.\t丁。")[1:] == [
        "  item 1.||乙；",
        "  item 2.||丙；",
        "  item 3.||丁。",
    ]


def test_a_row_with_too_few_cells_is_pointed_out() -> None:
    text = "\t甲\n\t乙\n\n\t丙\n\n\t丁\n\t戊\n"
    assert messages(text) == [(4, "表格第 2 行有 1 格，其他行有 2 格，请核对")]


def test_numbers_in_cells_begin_no_items() -> None:
    text = "一、甲\n\t事项\n\t人\n\n\t1.乙\n\t张某\n\n\t2.丙\n\t李某\n\n二、丁"
    assert [line.split()[0] for line in tree(text)] == ["heading", "table", "heading"]
