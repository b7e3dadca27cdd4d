"""An interpretation before the public: its forms, its ways to the clauses and back (P2, P3)."""

import html
import json
import re
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from interpretations.charting import bars_of
from interpretations.mentions import mentions_in
from interpretations.tasks import make_pictures_task
from publishing.models import User
from tests.factories.consultation import make_draft
from tests.factories.explaining import (
    block,
    comic,
    fresh,
    infographic,
    items,
    make_interpretation,
    make_picture,
    panel,
    question,
    questions,
    story,
)
from tests.factories.interpretations import make_policy, publish_policy_again
from tests.interpretations.films import described_video

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def read(page: Any) -> str:
    reply = Client().get(page.url)
    assert reply.status_code == 200
    return html.unescape(reply.content.decode())


def test_it_shows_its_forms_its_elements_and_what_it_explains() -> None:
    policy = make_policy(title="停车办法")
    page = make_interpretation(policy, body=[questions(question("收费吗？")), story()])
    text = read(page)
    led_to = re.findall(r'class="pieces__link" href="#([^"]*)">([^<]*)<', text)
    assert [label for _anchor, label in led_to] == ["简明问答", "事例讲解", "六项要素"]
    assert [text.count(f'id="{anchor}"') for anchor, _label in led_to] == [1, 1, 1]
    assert f'href="{policy.url}">停车办法</a>' in text
    assert "情景案例（为说明政策编写）" in text
    assert "<p>背景的文字。</p>" in text
    assert "不涉及。一次办完，没有后续工作。" in text


def test_a_real_case_says_so() -> None:
    text = read(make_interpretation(body=[story(kind="real")]))
    assert ("真实案例" in text, "情景案例" in text) == (True, False)


def test_a_comics_words_stand_in_the_open_and_its_pictures_wait() -> None:
    picture = make_picture()
    text = read(make_interpretation(body=[comic(*[panel(picture)] * 3)]))
    pictures = re.findall(r"<picture>.*?</picture>", text, re.DOTALL)
    assert len(pictures) == 3
    assert ['loading="lazy"' in one for one in pictures] == [False, True, True]
    for kind in ("image/avif", "image/webp"):
        assert all(f'type="{kind}"' in one for one in pictures)
    assert all('alt="周师傅把三轮车停进集市停车场"' in one for one in pictures)
    assert all("srcset=" in one and "sizes=" in one for one in pictures)
    assert text.count("<b>周师傅：</b>停在哪里不要钱？") == 3


def test_the_number_of_queries_does_not_grow_with_the_panels() -> None:
    counts = []
    for number in (1, 1, 4):
        pictures = [make_picture(f"{one}.png") for one in range(number)]
        page = make_interpretation(body=[comic(*map(panel, pictures))])
        make_pictures_task(page.pk)
        with CaptureQueriesContext(connection) as queries:
            Client().get(f"{page.url}?again={number}")
        counts.append(len(queries))
    # The first request finds nothing kept of the site.
    assert counts[1] == counts[2]


def test_the_sizes_of_pictures_are_made_ahead() -> None:
    picture = make_picture()
    page = make_interpretation(body=[comic(panel(picture))])
    make_pictures_task(page.pk)
    made = set(picture.renditions.values_list("filter_spec", flat=True))
    read(page)
    assert set(picture.renditions.values_list("filter_spec", flat=True)) == made
    assert len(made) == 6


def test_each_part_leads_to_its_clause_and_the_clause_to_each_part() -> None:
    policy = make_policy()
    clause, other = (row.id for row in policy.clauses[1:3])
    picture = make_picture()
    page = make_interpretation(
        policy,
        body=[
            comic(panel(picture), panel(picture, [clause])),
            questions(question("收费吗？", clauses=[clause, other])),
            story([other]),
            infographic([clause]),
        ],
        changes=[{"before": "无", "after": "有", "clause": clause, "since": "5月1日起"}],
    )
    text, back = read(page), read(policy)
    assert text.count(f'href="{policy.url}#c-{clause}"') == 4
    assert text.count(f'href="{policy.url}#c-{other}"') == 2
    anchors = re.findall(rf'class="clause__link" href="{page.url}#([^"]*)"', back)
    assert anchors == [
        one.anchor
        for wanted in (clause, other)
        for one in mentions_in(page.body.raw_data)
        if one.clause == wanted
    ]
    assert [f'id="{anchor}"' in text for anchor in anchors] == [True] * 5
    titles = re.findall(r'class="clause__kind">([^<]*)</span><span>([^<]*)<', back)
    assert titles == [
        ("图文漫画", "看图懂停车第2格"),
        ("简明问答", "收费吗？"),
        ("图解", "车位"),
        ("简明问答", "收费吗？"),
        ("事例讲解", "赶集"),
    ]
    assert f'<a href="{page.url}">{page.title}</a>' in back


def test_a_film_is_called_by_its_title_at_the_clause() -> None:
    policy = make_policy()
    clause = policy.clauses[1].id
    film = described_video(title="两分钟看懂停车")
    make_interpretation(policy, body=[block("video", video=film.pk, clauses=items(clause))])
    titles = re.findall(r'class="clause__kind">([^<]*)</span><span>([^<]*)<', read(policy))
    assert titles == [("短视频", "两分钟看懂停车")]


def test_ids_stay_when_the_text_is_edited() -> None:
    page = make_interpretation(body=[questions(question("收费吗？"))])
    before = re.findall(r'id="(b-[^"]*)"', read(page))
    page.body[0].value["items"][0]["question"] = "还收费吗？"
    page.save_revision().publish()
    assert re.findall(r'id="(b-[^"]*)"', read(fresh(page))) == before


def test_a_draft_shows_what_explains_it() -> None:
    draft = make_draft()
    page = make_interpretation(draft)
    assert f'<a href="{page.url}">{page.title}</a>' in read(draft)
    assert f'href="{draft.url}">{draft.title}</a>' in read(page)


def test_what_nobody_may_read_is_not_named() -> None:
    policy = make_policy()
    page = make_interpretation(policy)
    login = PageViewRestriction.LOGIN
    hiding = PageViewRestriction.objects.create(page=page, restriction_type=login)
    assert page.title not in read(policy)
    hiding.page = policy
    hiding.save()
    assert policy.title not in read(page)


def test_a_clause_that_went_is_no_link() -> None:
    policy = make_policy()
    clause = policy.clauses[1].id
    page = make_interpretation(policy, body=[questions(question("收费吗？", clauses=[clause]))])
    kept = [row for row in policy.body.raw_data if row["id"] != clause]
    publish_policy_again(policy, body=kept)
    assert f"#c-{clause}" not in read(page)


def faq(text: str) -> Any:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return json.loads(found[1]) if found else None


def test_the_questions_are_data_for_machines_and_can_hold_nothing_else() -> None:
    hostile = "</script><script>alert(1)</script>&"
    page = make_interpretation(body=[questions(question(hostile, "<p>不收，<b>免费</b>。</p>"))])
    text = Client().get(page.url).content.decode()
    assert "<script>alert" not in text
    assert faq(text) == {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": hostile,
                "acceptedAnswer": {"@type": "Answer", "text": "不收，免费。"},
            }
        ],
    }
    assert faq(read(make_interpretation(body=[story()]))) is None


def test_the_chart_is_drawn_from_the_table() -> None:
    text = read(make_interpretation(body=[infographic()]))
    assert re.findall(r'<rect class="bars__bar bars__bar--0" y="0" width="([^"]*)"', text) == [
        "100.00",
        "80.00",
    ]
    assert '<th scope="row">集市</th><td>150</td>' in text
    assert bars_of([["a", "b"], ["x", "-1"]]) is None
    assert bars_of([["a", "b", "c", "d", "e"], ["x", *"1234"]]) is None
    two = bars_of([["a", "旧", "新"], ["x", "0", "0"]])
    assert two
    assert [(bar.length, bar.top) for bar in two.rows[0].bars] == [(0, 0), (0, 11)]


def test_plain_blocks_are_shown() -> None:
    table = {"data": [["事项", "时限"], ["办证", "3日"]]}
    body = [
        questions(question("收费吗？")),
        block("words", text="<p>一段字。</p>"),
        block("quote", words="原话。", source="镇里"),
        block("table", caption="时限表", table=table),
    ]
    text = read(make_interpretation(body=body))
    assert [part in text for part in ("一段字。", "——镇里", "<caption>时限表</caption>")] == [
        True
    ] * 3


def test_the_editor_saves_nothing_finished_and_previews_it(client: Client) -> None:
    client.force_login(User.objects.create_superuser("chief", "chief@example.com", "x"))
    page = make_interpretation(live=False, body=[comic(panel(make_picture(), alt=""))], summary="")
    reply = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    text = html.unescape(reply.content.decode())
    assert reply.status_code == 200
    assert ("第1格缺少替代文字" in text, "clause-choice.js" in text) == (True, True)
    assert client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200


def test_the_editor_is_offered_the_clauses_that_he_may_read(client: Client) -> None:
    policy, hidden = make_policy(), make_policy(live=False)
    client.force_login(User.objects.create_superuser("chief", "chief@example.com", "x"))
    address = reverse("interpretation_clauses")
    rows = client.get(f"{address}?page={policy.pk}&page=abc").json()["clauses"]
    assert [row["id"] for row in rows] == [
        one.id for one in policy.clauses if one.kind == "heading" or one.commentable
    ]
    assert client.get(f"{address}?page={hidden.pk}").json()["clauses"] != []
    assert client.get(f"{address}?page={policy.get_parent().pk}").json() == {"clauses": []}
    assert Client().get(f"{address}?page={policy.pk}").status_code == 302


def test_publication_has_all_sizes_of_sixty_panels_made(
    django_capture_on_commit_callbacks: Any,
) -> None:
    """By the task that it starts; here it runs at once."""
    pictures = [make_picture(f"{number}.png", size=(60, 40)) for number in range(60)]
    page = make_interpretation(live=False, body=[comic(*map(panel, pictures))])
    made = pictures[0].renditions.model.objects
    assert made.count() == 0
    with django_capture_on_commit_callbacks(execute=True):
        page.get_latest_revision().publish()
    kinds = Counter(made.values_list("filter_spec", flat=True))
    assert kinds == {
        f"format-{kind}|width-{width}": 60
        for kind in ("avif", "webp", "jpeg")
        for width in (480, 960)
    }
