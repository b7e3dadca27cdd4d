"""What holds for every Word file: what is seen is kept in order, and nothing breaks."""

import io
import random
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from publishing.clauses.document import DocumentError, words_of
from publishing.clauses.reader import read_document, read_text
from tests.factories.word import (
    content_control,
    deleted,
    field,
    footnote_mark,
    footnotes,
    inserted,
    level,
    numbering,
    paragraph,
    run,
    table,
    text_box,
    word_file,
    zip_file,
)

WORDS = st.text("某镇村一二第条章（）、。：附件目录12. \u3000A", max_size=8)


@st.composite
def seen_pieces(draw: st.DrawFn) -> tuple[str, str]:
    """A piece of a paragraph as XML, and what is seen of it."""
    words = draw(WORDS)
    made, seen = draw(
        st.sampled_from(
            [
                (run(words), words),
                (inserted(run(words)), words),
                (deleted(words), ""),
                (run(words, "<w:vanish/>"), ""),
                (field("PAGE", words), words),
                (content_control(run(words)), words),
            ]
        )
    )
    return made, seen


@st.composite
def seen_paragraphs(draw: st.DrawFn) -> tuple[str, str]:
    pieces = draw(st.lists(seen_pieces(), max_size=4))
    made, seen = "".join(xml for xml, _ in pieces), "".join(words for _, words in pieces)
    if draw(st.booleans()):
        inside = draw(WORDS)
        made, seen = made + text_box(paragraph(inside)), seen + inside
    return paragraph(made or run("")), seen


@st.composite
def seen_tables(draw: st.DrawFn) -> tuple[str, str]:
    columns = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(WORDS, min_size=columns, max_size=columns), max_size=4))
    return table(*rows), "".join("".join(row) for row in rows)


@given(st.lists(st.one_of(seen_paragraphs(), seen_tables()), max_size=12))
def test_what_is_seen_is_kept_in_order(blocks: list[tuple[str, str]]) -> None:
    data = word_file(*(made for made, _ in blocks))
    seen = "".join("".join(words for _, words in blocks).split())
    assert words_of(read_document(data, "a.docx")) == seen


SAMPLE = word_file(
    paragraph("甲", footnote_mark(1), text_box(paragraph("乙"))),
    paragraph("丙", numbered=(1, 0)),
    paragraph(inserted(run("丁")), deleted("戊"), field("PAGE", "1"), numbered=(1, 1)),
    table(["己", "庚"], ["辛", "壬"]),
    numbering=numbering([[level(0, "decimal", "%1."), level(1, "chineseCounting", "（%2）")]]),
    footnotes=footnotes("癸"),
)


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_or_refuse(data: bytes) -> None:
    """Either text or a refusal in words; any other exception fails the test."""
    try:
        text = read_text(data, "a.docx")
    except DocumentError as refusal:
        text = str(refusal)
    assert isinstance(text, str)


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_elements_in_the_wrong_places_break_nothing(seed: int) -> None:
    chance = random.Random(seed)
    parts = members(SAMPLE)
    name = chance.choice(["word/document.xml", "word/numbering.xml", "word/footnotes.xml"])
    root = etree.fromstring(parts[name])
    for _ in range(chance.randint(1, 6)):
        everything = list(root.iter())
        one, other = chance.choice(everything), chance.choice(everything)
        match chance.randrange(4):
            case 0 if one.getparent() is not None:
                one.getparent().remove(one)
            case 1:
                other.append(etree.fromstring(etree.tostring(one)))
            case 2:
                one.tag = other.tag
            case _ if one.attrib:
                value = chance.choice(["", "-1", "99999999999", "甲"])
                one.set(chance.choice(list(one.attrib)), value)
    read_or_refuse(zip_file({**parts, name: etree.tostring(root)}))


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_wrong_bytes_break_nothing(seed: int) -> None:
    chance = random.Random(seed)
    spoilt = bytearray(SAMPLE)
    for _ in range(chance.randint(1, 20)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    read_or_refuse(bytes(spoilt))
