"""Headings that run in, and what people can speak to (docs/decisions/clauses.md)."""

from publishing.clauses.parser import parse_text
from tests.factories.shapes import spoken_to, tree


def test_a_heading_runs_in_up_to_the_first_full_stop() -> None:
    text = "一、任务\n（一）抓好甲事，带动乙事。要抓好甲事。再抓乙事。\n（二）抓好丙事。要抓好。"
    assert tree(text)[1:] == [
        "  heading （一）|抓好甲事，带动乙事。|要抓好甲事。再抓乙事。",
        "  heading （二）|抓好丙事。|要抓好。",
    ]


def test_sentences_are_no_headings_where_most_of_the_list_has_none() -> None:
    text = (
        "一、镇长负责全面工作，副镇长协助镇长抓好各自分管的工作，并对镇长负责，定期报告工作情况。\n"
        "二、办公室办理日常事务。其他机构各办其事。\n"
        "三、各村应当按照本规则的要求，结合本村的实际情况制定具体的办法，报镇人民政府备案后执行。\n"
    )
    assert [line.split()[0] for line in tree(text)] == ["item", "item", "item"]


def test_a_bracket_after_the_first_sentence_leaves_it_a_sentence() -> None:
    text = (
        "一、甲\n（一）设立受理窗口。（负责部门：民政办）\n（二）开展试点工作。（负责部门：农办）"
    )
    assert tree(text)[1] == "  item （一）||设立受理窗口。（负责部门：民政办）"


def test_a_heading_alone() -> None:
    assert tree("一、任务\n（一）基本原则。\n要坚持。\n（二）工作目标\n要达到。") == [
        "heading 一、|任务|",
        "  heading （一）|基本原则。|",
        "    paragraph ||要坚持。",
        "  heading （二）|工作目标|",
        "    paragraph ||要达到。",
    ]


def test_an_item_of_a_list_is_no_heading_because_something_follows_it() -> None:
    text = "附表\n品种目录\n1.甲苯\n2.丙酮\n3.硫酸\n第三类\n1.乙醚\n2.醋酸酐\n3.哌啶"
    assert [line.strip().split()[0] for line in tree(text)].count("heading") == 0


def test_what_opens_a_list_is_text() -> None:
    text = "一、任务\n（一）对有下列情形的要整改。\n1.甲；\n2.乙。"
    assert tree(text)[1] == "  item （一）||对有下列情形的要整改。"


def test_headings_of_articles() -> None:
    text = "第一条（目的和依据）\n为了办事。\n第二条 【范围】 本镇。\n第三条 (一)项说的事照办。"
    assert tree(text) == [
        "article 第一条|（目的和依据）|",
        "  paragraph ||为了办事。",
        "article 第二条|【范围】|本镇。",
        "article 第三条||(一)项说的事照办。",
    ]


def test_articles_are_units_and_nothing_in_them() -> None:
    text = "第一章 总则\n第一条 甲。\n另一款。\n第二条 有下列情形的：\n（一）乙；\n（二）丙。"
    assert spoken_to(text) == ["第一条", "第二条"]


def test_the_deepest_paragraph_with_text_of_its_own_is_a_unit() -> None:
    text = (
        "一、总体要求\n（一）指导思想。要这样。\n（二）基本原则。\n1.坚持甲。要坚持。\n2.坚持乙。要坚持。\n"
        "（三）工作目标。要达到。\n还要更好。\n（1）细处一；\n（2）细处二。"
    )
    assert spoken_to(text) == ["（一）", "1.", "2.", "（三）"]


def test_a_paragraph_with_text_above_others_with_text_is_a_unit_too() -> None:
    """Else nobody could speak to its text."""
    text = (
        "一、组织\n（一）成立办公室。办公室设在镇政府。\n1.监督组。负责监督。\n2.专家组。负责咨询。"
    )
    assert spoken_to(text) == ["（一）", "1.", "2."]


def test_a_list_of_fragments_belongs_to_the_sentence_that_opens_it() -> None:
    text = (
        "一、整改\n（一）有下列问题的要整改：\n1.未按时报送；\n2.弄虚作假。\n（二）其他的不整改。"
    )
    assert spoken_to(text) == ["（一）", "（二）"]


def test_only_one_level_of_numbers() -> None:
    assert spoken_to("一、同意甲。要办好。\n二、同意乙。要办好。") == ["一、", "二、"]


def test_prose_below_a_heading_alone_is_a_unit() -> None:
    text = (
        "为了办事。\n一、总体要求\n以甲为指导，办好事。\n第二段话。\n二、组织\n"
        "（一）加强领导。要加强。"
    )
    assert spoken_to(text) == ["以甲为指", "第二段话", "（一）"]


def test_a_table_is_a_unit_wherever_it_stands() -> None:
    text = "第一条 标准如下：\n\t项目\n\t标准\n\n\t甲\n\t十元\n"
    document = parse_text(text)
    assert [block.kind for block in document.walk() if block.commentable] == ["article", "table"]


def test_titles_notes_signatures_and_headings_are_no_units() -> None:
    text = (
        "关于防汛的通知\n青府发〔2024〕3号\n各村：\n请做好防汛。\n一、组织\n附件：名单\n"
        "青石镇人民政府\n2024年3月1日\n附件\n名单\n张某"
    )
    assert spoken_to(text) == []
