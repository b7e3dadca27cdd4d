"""Interpretations with leaflets, and the leaflets read again."""

import io
from typing import Any

from pypdf import PdfReader

from interpretations.models import InterpretationPage, Leaflet
from interpretations.services.leaflets import make_leaflet
from tests.factories.explaining import (
    block,
    comic,
    infographic,
    make_interpretation,
    make_picture,
    panel,
    question,
    questions,
    story,
)
from tests.factories.interpretations import make_policy


def full_page(**fields: Any) -> InterpretationPage:
    policy = make_policy(title="停车办法", document_number="测府发〔2026〕77号")
    body = [
        comic(*[panel(make_picture(f"{n}.png")) for n in range(3)]),
        questions(question("路边收费吗？", "<p>暂时<b>不收</b>。</p>")),
        story(),
        infographic(),
        block("words", text="<p>新规从下个月起执行。</p>"),
        block("quote", words="停车不难。", source="规划建设办"),
        block("table", caption="时限", table={"data": [["事项", "时限"], ["办证", "3日"]]}),
    ]
    return make_interpretation(policy, **{"title": "停车看图懂", "body": body, **fields})


def reader(leaflet: Leaflet) -> PdfReader:
    with leaflet.file.open("rb") as file:
        return PdfReader(io.BytesIO(file.read()))


def text_of(leaflet: Leaflet) -> str:
    """Without white space: lines break wherever the paper ends."""
    return "".join("".join(page.extract_text().split()) for page in reader(leaflet).pages)


def made(page: InterpretationPage, user: Any) -> Leaflet:
    return make_leaflet(page=InterpretationPage.objects.get(pk=page.pk), user=user)[0]
