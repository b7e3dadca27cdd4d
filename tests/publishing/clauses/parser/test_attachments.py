from publishing.clauses.parser import parse_text
from tests.factories.shapes import tree

HEAD = "关于防汛的通知\n各村：\n一、抓好防汛\n要抓好防汛。\n"
SIGNED = "青石镇人民政府\n2024年3月1日\n"


def kinds_and_labels(text: str) -> list[tuple[str, str, int | None, str]]:
    return [
        (block.kind, block.label, block.number, block.heading)
        for part in parse_text(text).parts
        for block in part.blocks
        if block.kind in ("attachment", "note")
    ]


def test_the_list_of_attachments_is_a_note_and_each_attachment_a_block() -> None:
    text = (
        HEAD + "附件：1.防汛责任人名单\n2.防汛物资表\n" + SIGNED + "附件1\n防汛责任人\n名单\n张某\n"
        "附件2\n防汛物资表\n一、物资\n铁锹十把。"
    )
    assert kinds_and_labels(text) == [
        ("note", "附件：", None, ""),
        ("attachment", "附件1", 1, "防汛责任人名单"),
        ("attachment", "附件2", 2, "防汛物资表"),
    ]
    assert tree(text)[-3:] == [
        "attachment 附件2|防汛物资表|",
        "  heading 一、|物资|",
        "    paragraph ||铁锹十把。",
    ]


def test_levels_begin_anew_in_an_attachment() -> None:
    text = HEAD + SIGNED + "附件\n物资表\n一、物资\n（一）铁锹\n十把。"
    blocks = list(parse_text(text).walk())
    assert [block.level for block in blocks if block.kind == "attachment"] == [0]
    assert [(block.label, block.level) for block in blocks if block.level][1:] == [
        ("一、", 1),
        ("（一）", 2),
    ]


def test_one_attachment_without_number() -> None:
    text = HEAD + "附件：防汛责任人名单\n" + SIGNED + "（此件公开发布）\n附件\n防汛责任人名单\n张某"
    assert kinds_and_labels(text)[-1] == ("attachment", "附件", None, "防汛责任人名单")


def test_an_attachment_with_its_title_on_the_same_line() -> None:
    text = (
        HEAD
        + "附件1：责任人名单\n附件2：物资表\n"
        + SIGNED
        + "附件1：责任人名单\n张某\n附件2 物资表\n铁锹"
    )
    assert kinds_and_labels(text) == [
        ("note", "", None, ""),
        ("attachment", "附件1：", 1, "责任人名单"),
        ("attachment", "附件2", 2, "物资表"),
    ]


def test_a_list_below_the_word_attachment() -> None:
    text = HEAD + "附件：\n1.责任人名单\n2.物资表\n" + SIGNED
    assert kinds_and_labels(text) == [("note", "附件：", None, "")]


def test_an_attachment_after_the_signature_has_a_colon() -> None:
    text = HEAD + SIGNED + "附件：\n防汛方案\n为了防汛，制定本方案。"
    assert kinds_and_labels(text) == [("attachment", "附件：", None, "防汛方案")]


def test_the_appendix_of_a_statute() -> None:
    text = "青石条例\n第一条 甲。\n第二条 乙。\n附表一\n收费标准\n每人十元。"
    assert kinds_and_labels(text) == [("attachment", "附表一", 1, "收费标准")]


def test_attachments_that_are_spoken_of_begin_nothing() -> None:
    text = "青石条例\n第一条 甲。\n附件三所列的事项照办。\n附带的事项照办。\n附件中的事项照办。"
    assert kinds_and_labels(text) == []


def test_the_imprint_at_the_end_closes_the_attachments() -> None:
    text = HEAD + SIGNED + "附件\n名单\n张某\n青石镇党政办公室   2024年3月1日印发"
    assert tree(text)[-1] == "note ||青石镇党政办公室   2024年3月1日印发"
