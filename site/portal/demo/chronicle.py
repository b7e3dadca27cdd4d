"""Lives through a draft's days in their order: what happens on a day happens now, by the services
that people use, and before the next day all that was done so far is moved back."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, NamedTuple

from django.utils import timezone

from consultation.enums import Channel, Review
from consultation.models import DecisionDraftPage, Opinion, Submission
from consultation.services.opinions import review_opinions, split_opinion
from consultation.services.responses import Decision, decide_response, group_opinions
from consultation.services.results import create_result
from consultation.services.submissions import (
    Arrival,
    SaidOpinion,
    submit_opinions,
    withdraw_opinion,
)
from interpretations.models import PolicyPage
from notify.models import Message
from notify.services import record_many_phoned
from people.models import PrivacyNotice, Receipt
from portal.demo.ageing import move_back, move_hours, to_office_hours
from portal.demo.drafts import find_clause, publish_change, replace_words
from portal.demo.explaining import write_interpretation
from portal.demo.people import Staff, sender_of
from portal.demo.policies import link_result, mend_misprint, publish_policy
from portal.demo.released import publish_together
from portal.demo.rich_text import as_the_editor_stores
from portal.demo.stories import Arrived, Called, Said, Story, Summed
from publishing.models import Unit


class Event(NamedTuple):
    """What happens on a day; ``order`` tells what comes first within it."""

    day: int
    order: int
    happen: Callable[[], Any]


class Chronicle:
    """One draft, from its first publication (today) to its present state."""

    def __init__(self, draft: DecisionDraftPage, story: Story, unit: Unit, staff: Staff) -> None:
        self.draft, self.story, self.staff = draft, story, staff
        self.writer, self.caller = staff.writer(unit), staff.caller(unit)
        self.to_office_hours = to_office_hours()
        self.opinions: dict[Said, Opinion] = {}
        self.groups: dict[str, list[Said]] = defaultdict(list)

    def live(self) -> None:
        """All days until today."""
        day = 0
        for event in sorted(self._events(), key=lambda event: event[:2]):
            move_back(self.draft, event.day - day)
            self.draft.refresh_from_db()
            day = event.day
            event.happen()
        move_back(self.draft, self.story.days - day)
        move_hours(self.draft, self.to_office_hours)

    def _events(self) -> Iterator[Event]:
        story = self.story
        for row in story.corrections:
            yield Event(row["day"], 0, partial(self._correct, row))
        for row in story.extensions:
            yield Event(row["day"], 0, partial(self._extend, row))
        for arrived in story.submissions:
            yield Event(arrived.day, 1, partial(self._arrive, arrived))
            for said in arrived.opinions:
                yield from self._handling(said, arrived.day)
        for summed in story.responses:
            yield Event(summed.day, 5, partial(self._sum_up, summed))
        for called in story.calls:
            yield Event(called.day, 6, partial(self._phone, called))
        if story.result:
            yield Event(story.result["day"], 7, self._publish_result)
        for row in story.policies:
            yield Event(row["day"], 8, partial(self._publish_policy, row))
            if "misprint" in row:
                mend = partial(mend_misprint, self.draft, row, self.staff)
                yield Event(row["misprint"]["mended"], 8, mend)

    def _handling(self, said: Said, day: int) -> Iterator[Event]:
        """What becomes of one opinion that arrived on the day."""
        if said.group:
            self.groups[said.group].append(said)
        if said.withdrawn is not None:
            yield Event(said.withdrawn, 2, partial(self._withdraw, said))
        if said.is_reviewed:
            yield Event(day + 1, 3, partial(self._review, said))
        if said.parts:
            yield Event(day + 2, 2, partial(self._split, said))
        for part in said.parts:
            yield from self._handling(part, day + 2)

    def _correct(self, row: dict[str, Any]) -> None:
        self.draft = publish_change(
            self.draft, self.staff, lambda page: replace_words(page, row["find"], row["replace"])
        )

    def _extend(self, row: dict[str, Any]) -> None:
        def extend(page: Any) -> None:
            page.closing_day += timedelta(days=row["days"])
            page.extension_reason = row["reason"]

        self.draft = publish_change(self.draft, self.staff, extend)

    def _arrive(self, arrived: Arrived) -> None:
        channel = Channel(arrived.channel)
        is_web = channel == Channel.WEB
        submission = submit_opinions(
            draft=self.draft,
            opinions=[SaidOpinion(said.text, self._block_of(said)) for said in arrived.opinions],
            sender=sender_of(arrived),
            idempotency_key=self.story.submission_key(arrived),
            arrival=Arrival(
                channel=channel,
                received_on=timezone.localdate() - timedelta(days=arrived.late),
                entered_by=None if is_web else self.caller,
                held_for_review=arrived.held,
            ),
            notice=PrivacyNotice.objects.current() if is_web else None,
        )
        self._date(submission, arrived)
        rows = submission.opinions.order_by("number")
        self.opinions.update(zip(arrived.opinions, rows, strict=True))

    def _date(self, submission: Submission, arrived: Arrived) -> None:
        """Give the receipt the number of the day that this will be in the end; citizens write at
        all hours."""
        today, key = timezone.localdate(), self.story.submission_key(arrived).int
        day = today - timedelta(days=self.story.days - arrived.day)
        old, number = submission.receipt.number, f"{day:%Y%m%d}-{key % 10**6:06d}"
        Receipt.objects.filter(pk=submission.receipt_id).update(number=number)
        for message in Message.objects.filter(contact=submission.contact):
            message.body = message.body.replace(old, number)
            message.save(update_fields=["body"])
        if arrived.day == self.story.days or arrived.channel != Channel.WEB:
            return
        hour = self._at(time(11 + key % 8, key // 8 % 60)) - self.to_office_hours
        agreed = hour if submission.consented_at else None
        rows = Submission.objects.filter(pk=submission.pk)
        rows.update(created_at=hour, consented_at=agreed)

    def _block_of(self, said: Said) -> Any:
        if not said.on:
            return None
        clause = find_clause(self.draft, said.on)
        return self.draft.clause_rows.get(block_id=clause.id).block_id

    @staticmethod
    def _at(clock: time) -> datetime:
        return timezone.make_aware(datetime.combine(timezone.localdate(), clock))

    def _withdraw(self, said: Said) -> None:
        opinion = self.opinions[said]
        withdraw_opinion(submission=opinion.submission, number=opinion.number)

    def _review(self, said: Said) -> None:
        review = Review(said.review or Review.REVIEWED)
        user = self.staff.reviewer
        review_opinions(opinions=[self.opinions[said]], review=review, user=user, note=said.note)

    def _split(self, said: Said) -> None:
        texts = [part.text for part in said.parts]
        rows = split_opinion(opinion=self.opinions[said], texts=texts, user=self.writer)
        self.opinions.update(zip(said.parts, rows, strict=True))

    def _sum_up(self, summed: Summed) -> None:
        user = self.writer
        opinions = [self.opinions[said] for said in self.groups[summed.key]]
        response = group_opinions(opinions=opinions, user=user, summary=summed.summary)
        if summed.outcome:
            decision = Decision(summed.summary, summed.outcome, summed.reason, summed.wording)
            seen = response.revision
            decide_response(response=response, decision=decision, user=user, seen_revision=seen)

    def _phone(self, called: Called) -> None:
        """Those who left no e-mail address, told by phone."""
        waiting = Message.objects.to_phone().filter(
            contact__submissions__draft=self.draft, kind=called.kind
        )
        ids = list(waiting.order_by("pk").values_list("pk", flat=True))
        kept = len(ids) - called.leave
        record_many_phoned(message_ids=ids[:kept], user=self.caller, note=called.note)

    def _publish_result(self) -> None:
        words = dict(self.story.result or {})
        result = create_result(draft=self.draft, user=self.writer)
        introduction = words["introduction"]
        result.introduction = as_the_editor_stores(type(result), "introduction", introduction)
        result.outreach = words["outreach"]
        revision = result.save_revision(user=self.writer, log_action=True)
        revision.publish(user=self.staff.reviewer)

    def _publish_policy(self, row: dict[str, Any]) -> None:
        """What the draft became; and what that took the place of."""
        policy = publish_policy(self.draft, row, self.staff)
        if policy.draft:
            explained = write_interpretation(policy, self.staff)
            publish_together(policy.title[:100], [policy, explained], self.writer, self.staff)
            link_result(self.draft, PolicyPage.objects.get(pk=policy.pk), self.staff)
