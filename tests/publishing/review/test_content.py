"""Every text of a page is read where it stands, and only the find is replaced."""

import json

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st
from wagtail.documents import get_document_model

from consultation.models import DecisionDraftPage, DraftAttachment, DraftBasis, DraftContact
from publishing.clauses.blocks import raw_stream
from publishing.clauses.clause import ClauseText, Row, fresh_id
from publishing.models import FindDecision, User
from publishing.review.content import read_page
from publishing.review.digest import digest
from publishing.review.finds import UNREADABLE, finds_of
from publishing.review.guarding import open_finds
from publishing.review.rich import replace_visible, visible
from publishing.services.reviewing import ReviewRefused, keep_find, mask_finds
from tests.factories.consultation import make_draft
from tests.factories.pdf import make_pdf
from tests.factories.word import paragraph, word_file

PHONE = "13800001234"
MASKED = "138****1234"


def clauses() -> list[ClauseText]:
    said = f"联系电话{PHONE}，备用138-0000-1235。"
    table = (Row(("姓名", "电话"), header=True), Row(("某某", PHONE)))
    return [
        ClauseText(id=fresh_id(), kind="clause", label="第三条", text=said, commentable=True),
        ClauseText(id=fresh_id(), kind="table", heading="名单", commentable=True, rows=table),
    ]


def full_draft(**fields: object) -> DecisionDraftPage:
    """A number in each kind of place."""
    draft = make_draft(
        live=False,
        clauses=clauses(),
        summary=f"请打{PHONE}。",
        explanation=f'<p>请打138<b>0000</b>1234，或<a href="tel:{PHONE}">点这里</a>。</p>',
        **fields,
    )
    draft.basis.add(DraftBasis(title=f"来信（{PHONE}）"))
    draft.contacts.add(DraftContact(office="镇党政办", phone=PHONE))
    draft.save_revision()
    return latest(draft)


def latest(page: DecisionDraftPage) -> DecisionDraftPage:
    return DecisionDraftPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def attach(draft: DecisionDraftPage, content: bytes, name: str) -> DecisionDraftPage:
    model = get_document_model()
    document = model.objects.create(title="名单", file=ContentFile(content, name=name))
    document.get_file_hash()
    draft.attachments.add(DraftAttachment(title="附件1", document=document))
    draft.save_revision()
    return latest(draft)


@pytest.mark.django_db
def test_each_place_is_searched_but_not_what_offices_publish() -> None:
    found = [(one.label, one.found.written) for one in finds_of(full_draft())]
    assert found == [
        ("内容提要", PHONE),
        ("起草说明", "13800001234"),
        ("起草说明", PHONE),
        ("草案正文 第三条", PHONE),
        ("草案正文 第三条", "138-0000-1235"),
        ("草案正文 名单第2行第2列", PHONE),
        ("决策依据2 名称", f"{PHONE}"),
    ]


@pytest.mark.django_db
def test_masked_at_once_only_the_numbers_change() -> None:
    draft = full_draft()
    ids = [block.id for block in draft.body]
    user = User.objects.create_user("reviewer")
    mask_finds(page=draft, revision_id=draft.latest_revision_id, names=[], user=user)
    page = latest(draft)
    assert finds_of(page) == []
    assert page.summary == f"请打{MASKED}。"
    assert page.explanation == (
        f'<p>请打{MASKED}<b></b>，或<a href="tel:{MASKED}">点这里</a>。</p>'
    )
    assert page.body[0].value["text"] == f"联系电话{MASKED}，备用138****1235。"
    assert page.body[1].value["table"]["data"] == [["姓名", "电话"], ["某某", MASKED]]
    assert [row.title for row in page.basis.all()] == ["测试条例", f"来信（{MASKED}）"]
    assert [row.phone for row in page.contacts.all()][-1] == PHONE
    assert [block.id for block in page.body] == ids
    assert FindDecision.objects.filter(outcome="masked", decided_by=user).count() == 7
    assert PHONE not in json.dumps(list(FindDecision.objects.values()), default=str)


@pytest.mark.django_db
def test_one_find_is_masked_by_its_name_and_the_others_stay() -> None:
    draft = full_draft()
    chosen = finds_of(draft)[4]
    mask_finds(page=draft, revision_id=draft.latest_revision_id, names=[chosen.name], user=None)
    left = [one.found.written for one in finds_of(latest(draft))]
    assert (len(left), "138-0000-1235" in left) == (6, False)
    assert latest(draft).body[0].value["text"] == f"联系电话{PHONE}，备用138****1235。"


@pytest.mark.django_db
def test_what_was_not_looked_at_is_not_changed() -> None:
    draft = full_draft()
    before = draft.latest_revision_id
    draft.summary = "改过了。"
    draft.save_revision()
    with pytest.raises(ReviewRefused, match="刚刚有了改动"):
        mask_finds(page=draft, revision_id=before, names=[], user=None)
    with pytest.raises(ReviewRefused, match="没有找到"):
        mask_finds(page=draft, revision_id=draft.latest_revision_id, names=["no:0:a"], user=None)


@pytest.mark.django_db
def test_what_is_kept_for_a_reason_is_not_asked_again_in_that_field() -> None:
    draft = full_draft()
    first = finds_of(draft)[3]
    at = draft.latest_revision_id
    keep_find(page=draft, revision_id=at, name=first.name, reason="公开的值班手机", user=None)
    waiting = [(one.field, one.found.written) for one in open_finds(latest(draft))]
    assert waiting == [
        ("summary", PHONE),
        ("explanation", "13800001234"),
        ("explanation", PHONE),
        ("body", "138-0000-1235"),
        ("basis", PHONE),
    ]
    draft.summary = "没有号码。"
    draft.save_revision()
    assert ("body", PHONE) not in [(o.field, o.found.written) for o in open_finds(latest(draft))]


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["", "  ", f"他自己说可以公开{PHONE}"])
def test_a_reason_is_asked_and_holds_no_number(reason: str) -> None:
    draft = full_draft()
    name = finds_of(draft)[0].name
    with pytest.raises(ReviewRefused):
        keep_find(
            page=draft, revision_id=draft.latest_revision_id, name=name, reason=reason, user=None
        )
    assert FindDecision.objects.count() == 0


@pytest.mark.django_db
def test_attachments_are_searched_and_what_cannot_be_read_waits_for_a_person() -> None:
    draft = attach(make_draft(live=False), make_pdf(f"Tel {PHONE}"), "list.pdf")
    (one,) = finds_of(draft)
    assert (one.label, one.found.written) == ("附件1 文件《名单》", PHONE)
    assert one.can_be_masked is False
    draft = attach(make_draft(live=False), b"PK\x03\x04broken", "list.docx")
    (one,) = finds_of(draft)
    assert (one.found.label, "人工检查" in one.problem) == (UNREADABLE, True)
    at = draft.latest_revision_id
    keep_find(page=draft, revision_id=at, name=one.name, reason="逐页看过", user=None)
    assert open_finds(draft) == []


@pytest.mark.django_db
def test_the_context_of_a_find_ends_with_its_paragraph() -> None:
    """A Word file is read twice, as shown and with all that is in it: the second reading is not
    what stands around a find."""
    content = word_file(paragraph("打头的话"), paragraph(f"请打{PHONE}。"))
    (one,) = finds_of(attach(make_draft(live=False), content, "list.docx"))
    assert (one.before, one.after) == ("打头的话 请打", "。")


@pytest.mark.django_db
def test_another_file_is_another_content() -> None:
    draft = attach(make_draft(live=False), make_pdf("a"), "a.pdf")
    before = digest(draft)
    document = draft.attachments.first().document
    document.file = ContentFile(make_pdf("b"), name="b.pdf")
    document.file_hash = ""
    document.save()
    assert digest(latest(draft)) != before


@pytest.mark.django_db
def test_the_clauses_of_a_page_are_read_in_their_order() -> None:
    draft = make_draft(live=False, clauses=clauses())
    body = [place.text for place in read_page(draft).places if place.field == "body"]
    assert body[0] == "第三条"
    assert raw_stream(clauses())[0]["value"]["text"] in body


def test_words_over_tags_entities_and_lines() -> None:
    source = "<p>a&amp;b<br/>c</p><p>138<i>00</i>00&nbsp;1234</p>"
    seen = visible(source).text
    assert seen == "\na&b\nc\n\n1380000\xa01234\n"
    start = seen.index("138")
    assert replace_visible(source, start, start + 12, "1<2") == (
        "<p>a&amp;b<br/>c</p><p>1&lt;2<i></i></p>"
    )


@given(st.text(alphabet="ab<>&;/p\"'= 1", max_size=60), st.data())
def test_any_source_has_a_place_for_each_sign(source: str, data: st.DataObject) -> None:
    seen = visible(source)
    assert len(seen.text) == len(seen.spans)
    start = data.draw(st.integers(0, len(seen.text)))
    end = data.draw(st.integers(start, len(seen.text)))
    replaced = replace_visible(source, start, end, "*")
    assert len(replaced) <= len(source) + 1
