"""Personal data for the review of pages: the room of people finds it, that of pages shows it."""

from collections.abc import Iterator

from people.finding import Kind, find_personal_data
from people.finding.keys import find_key
from publishing.review.finder import Found

LABELS = {
    Kind.RESIDENT_ID: "身份证号",
    Kind.MOBILE: "手机号",
    Kind.BANK_CARD: "银行卡号",
    Kind.ADDRESS: "家庭住址",
}


def find_in_text(text: str) -> Iterator[Found]:
    """As a ``Finder`` of the review."""
    for find in find_personal_data(text):
        yield Found(
            label=LABELS[find.kind],
            key=find_key(find.kind, find.value),
            start=find.start,
            end=find.end,
            written=find.written,
            masked=find.masked,
            before=find.before,
            after=find.after,
        )
