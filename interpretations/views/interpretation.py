import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from interpretations import pictures
from interpretations.blocks.clause_choice import clause_id
from interpretations.blocks.lacking import is_empty
from interpretations.clause_names import clause_names
from interpretations.enums import Element, Form
from interpretations.mentions import questions_in
from interpretations.models import InterpretationPage
from interpretations.references import change_key
from interpretations.stale_marks import StaleMarks, marks_of
from publishing.kept import kept

# In a data block only these could end it or begin another element (HTML, "script data state").
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def show_interpretation(request: HttpRequest, page: InterpretationPage) -> HttpResponse:
    """Before the public: the same for everyone, so that any cache may keep it."""
    is_preview = getattr(request, "is_preview", False)
    context = page.get_context(request)
    context |= _parts(page) if is_preview else _kept_parts(page)
    # What only some may read is not counted either.
    context["rates"] = not is_preview and not page.get_view_restrictions()
    return render(request, "interpretations/interpretation_page.html", context)


def _kept_parts(page: InterpretationPage) -> dict[str, Any]:
    """What only a publication changes. A preview shows what isn't published, and keeps nothing."""
    return kept("interpretation parts", page.pk, make=lambda: _parts(page))


def _parts(page: InterpretationPage) -> dict[str, Any]:
    pictures.load_sizes(page.body)
    ids = [row.subject_id for row in page.subjects.all()]
    subjects = list(Page.objects.live().public().filter(pk__in=ids).specific())
    subjects.sort(key=lambda subject: ids.index(subject.pk))
    names = clause_names([subject for subject in subjects if hasattr(subject, "clauses")])
    forms, marks = page.forms, marks_of(page)
    return {
        "subjects": subjects,
        "clause_names": names,
        "blocks": list(page.body),
        "pieces": _first_of_each_form(page),
        "unit": page.unit,
        "has_comic": Form.COMIC in forms,
        "has_questions": Form.QUESTIONS in forms,
        "elements": [row for row in (_element(page, one) for one in Element) if row],
        "changes": [
            (row, names.get(clause_id(row.clause)), marks.by_own.get(change_key(vars(row))))
            for row in page.changes.all()
        ],
        "stale": marks.items,
        "stale_marks": marks.by_own,
        "faq": faq_data(page, marks),
    }


def _first_of_each_form(page: InterpretationPage) -> list[Any]:
    """What leads into the page: each of its forms once, where it begins."""
    found: dict[str, Any] = {}
    for block in page.body:
        if block.block_type in Form.values and block.id:
            found.setdefault(block.block_type, block)
    return list(found.values())


def _element(page: InterpretationPage, element: Element) -> dict[str, Any] | None:
    """One of the six as the page shows it; None where there is nothing to read."""
    text, why_not = page.element(element), page.why_not(element)
    differs = element is Element.DIFFERENCES and page.changes.exists()
    if is_empty(text) and not why_not and not differs:
        return None
    shown = "" if is_empty(text) else text
    return {"key": element.value, "label": element.label, "text": shown, "why_not": why_not}


def faq_data(page: InterpretationPage, marks: StaleMarks) -> SafeString:
    """The questions as schema.org's FAQPage, to stand in a data block; empty without questions.
    Stale answers are left out: search engines show them without the words 内容待更新.

    A data block is no script: browsers run none of it and hold no policy against it (HTML, "prepare
    the script element"; CSP 3, 6.7).
    """
    rows = [
        {
            "@type": "Question",
            "name": asked.question,
            "acceptedAnswer": {"@type": "Answer", "text": strip_tags(asked.answer).strip()},
        }
        for asked in questions_in(page.body.raw_data)
        if not marks.cover(str(asked.key))
    ]
    if not rows:
        return mark_safe("")
    data = {"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": rows}
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped here
