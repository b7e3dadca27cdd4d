"""Interpretations for tests, published by the route that editors take. Texts are invented."""

import io
from collections.abc import Sequence
from itertools import count
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image
from wagtail.images import get_image_model

from interpretations.enums import Element
from interpretations.models import (
    InterpretationChange,
    InterpretationIndexPage,
    InterpretationPage,
    InterpretationSubject,
)
from publishing.clauses.clause import fresh_id
from publishing.models import ReviewRule, Unit
from publishing.services import equip_unit
from tests.factories.consultation import make_home
from tests.factories.interpretations import make_policy
from tests.factories.pages import put
from tests.factories.reviewing import ReviewedOffice, make_reviewed_office

_numbers = count(1)
TABLE = {"data": [["地点", "车位"], ["集市", "150"], ["新街", "120"]]}


def make_interpretation_index(unit: Unit | None = None) -> InterpretationIndexPage:
    """The site's column of interpretations, or the unit's below it; the same one each time."""
    home = make_home()
    site_column = InterpretationIndexPage.objects.child_of(home).first() or home.add_child(
        instance=InterpretationIndexPage(title="政策解读", slug="explained", show_in_menus=True)
    )
    if unit is None:
        return site_column
    own = InterpretationIndexPage.objects.child_of(site_column).filter(unit=unit).first()
    return own or site_column.add_child(
        instance=InterpretationIndexPage(title=unit.name, slug=f"explained-{unit.pk}", unit=unit)
    )


def make_interpreting_office(name: str = "党政办") -> ReviewedOffice:
    """An office whose interpretations need both sign-offs."""
    office = make_reviewed_office(name)
    rule = ReviewRule.objects.get(site=office.unit.site)
    rule.page_types = [*rule.page_types, "interpretations.InterpretationPage"]
    rule.save()
    equip_unit(unit=office.unit, column=make_interpretation_index(office.unit))
    return office


def make_picture(name: str = "IMG_0042.png", size: tuple[int, int] = (600, 400)) -> Any:
    file = io.BytesIO()
    Image.new("RGB", size, "#88aacc").save(file, "PNG")
    file.seek(0)
    return get_image_model().objects.create(title="集市", file=ImageFile(file, name=name))


def items(*values: Any) -> list[dict[str, Any]]:
    """A list as Wagtail stores it."""
    return [{"type": "item", "id": fresh_id(), "value": value} for value in values]


def block(block_type: str, /, **value: Any) -> dict[str, Any]:
    return {"type": block_type, "id": fresh_id(), "value": value}


def panel(image: Any, /, clauses: Sequence[str] = (), **more: Any) -> dict[str, Any]:
    lines = items({"who": "周师傅", "words": "停在哪里不要钱？"})
    about = {"alt": "周师傅把三轮车停进集市停车场", "lines": lines, "description": "集市日的早上。"}
    return {"image": image.pk, **about, "clauses": items(*clauses), **more}


def comic(*panels: dict[str, Any]) -> dict[str, Any]:
    return block("comic", title="看图懂停车", panels=items(*panels))


def question(asked: str, answer: str = "<p>不收。</p>", clauses: Sequence[str] = ()) -> Any:
    return {"question": asked, "answer": answer, "clauses": items(*clauses)}


def questions(*rows: dict[str, Any]) -> dict[str, Any]:
    return block("questions", title="大家常问", items=items(*rows))


def story(clauses: Sequence[str] = (), **more: Any) -> dict[str, Any]:
    told = {
        "kind": "composed",
        "title": "赶集",
        "who": "周师傅",
        "what": "停车。",
        "result": "免费。",
    }
    return block("story", **{**told, "clauses": items(*clauses), **more})


def infographic(clauses: Sequence[str] = (), **more: Any) -> dict[str, Any]:
    drawn = {"title": "车位", "image": None, "alt": "", "table": TABLE, "with_chart": True}
    return block(
        "infographic", **{**drawn, "text": "集市最多。", "clauses": items(*clauses), **more}
    )


def all_elements() -> dict[str, str]:
    """Five written, the last with the reason why not."""
    texts = {element.value: f"<p>{element.label}的文字。</p>" for element in Element}
    return {**texts, "next_steps": "", "next_steps_why_not": "一次办完，没有后续工作。"}


def make_interpretation(
    *subjects: Any,
    body: Sequence[dict[str, Any]] | None = None,
    live: bool = True,
    changes: Sequence[dict[str, str]] = (),
    **fields: Any,
) -> InterpretationPage:
    """A complete interpretation of the pages, or of a new policy; ``live=False``: unpublished."""
    explained, number = subjects or (make_policy(),), next(_numbers)
    unit = fields.pop("unit", explained[0].unit)
    defaults = {
        "title": f"停车新规解读{number}",
        "slug": f"explained-{number}",
        "summary": "在哪里停、收多少钱。",
        "body": [questions(question("路边停车收费吗？"))] if body is None else list(body),
        **all_elements(),
    }
    page = InterpretationPage(unit=unit, live=False, **{**defaults, **fields})
    page.subjects = [InterpretationSubject(subject=one.page_ptr) for one in explained]
    page.changes = [InterpretationChange(**row) for row in changes]
    stored: InterpretationPage = put(page, make_interpretation_index(unit), live=live)
    return stored


def fresh(page: InterpretationPage) -> InterpretationPage:
    found: InterpretationPage = InterpretationPage.objects.get(pk=page.pk)
    return found
