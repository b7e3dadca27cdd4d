"""The components of the public pages, and the samples that /styleguide/ shows of them.

A template that needs one includes it (``templates/components/<name>.html``, its context in
brackets) or writes its classes. Styles: ``portal/css/site.css`` (tokens, frame) and
``components.css`` are on every page; a page with the text of a draft adds ``document.css`` in
``{% block styles %}``. Blocks of base.html: ``title``, ``meta``, ``styles``, ``scripts``,
``breadcrumb``, ``main_class`` (``wrap`` unless said), ``content``.

Layout     .wrap (page width)  .band [--paper --brand] (full-width strip)  .stack [--loose]
           .cluster (a row that wraps)  .columns (main + aside: .columns__main, .columns__side)
           .measure (25-40 characters a line)  .prose (rich text)  .page-head, .page-head__lead
Button     .button (main)  .button--second  .button--plain  .button--danger  .button--wide
           .button--large; on <a> or <button>; .link-button: a button that looks like a link
Icon       components/icon.html [name]; the names are the symbols of components/icons.html
Notice     components/notice.html [kind: info|success|warning|error, title, text], or
           .notice .notice--<kind> > .notice__title + anything
Errors     components/error_summary.html [form]: takes the focus, links to each field
Field      components/field.html [field]: label, hint, error, widget; by hand: .field
           [.field--wrong] > label.field__label, .field__hint, .field__error, .input
Choices    components/choices.html [field]: a fieldset of radio buttons or checkboxes; one alone:
           .choice > input + label
Card       .card [--link: the whole card leads where its one a.card__link does] > .card__head
           .card__title .card__text .card__foot; components/draft_card.html [draft]; .cards
Status     components/status.html [phase]: .status .status--<phase value>
Countdown  components/countdown.html [draft]: days left beside the dates; components/period.html
           [draft]: the dates alone
Facts      dl.facts > div > dt + dd
Table      div.table-scroll[role=region tabindex=0 aria-label] > table.table; .table--stack turns
           rows into cards on narrow screens (each td has data-label)
Breadcrumb components/breadcrumb.html [breadcrumb, page]
Pages      components/pagination.html [page: Paginator page, query: rest of the address]
Filter     nav.filter > a.filter__link [aria-current=true]
Steps      ol.steps > li.steps__item [aria-current=step] (a form in parts)
Timeline   ol.timeline > li.timeline__item [--done --now] > .timeline__name .timeline__note
Receipt    components/receipt.html [number, code; number_label, purpose, look_up]
Event      components/event_card.html [event: with phase and dates]
Policy     components/policy_card.html [policy: with standing]; components/files.html [rows]
Versions   components/versions/: cards, lead, body, proof [version, before, changes …]
Actions    div.action-bar (sticks to the lower edge) > .cluster
Chart      components/outcome_chart.html, components/outcome_bar.html [figures of a result]
Contents   details.toc[data-open-when-wide data-toc] > summary, ol.toc__list > li.toc__item--<level>
           > a.toc__link: folded above the text, beside it when wide (in .columns--toc)
Clause     .clause#c-<id> .clause--level-<n> > .clause__line > .clause__label .clause__heading;
           .clause__tools > .speak-mark [+ .speak-mark__count]; .clause--noted: something is written
Redline    components/segments.html [segments] makes ins/del; .change .change--<op>
Read aloud components/read_aloud.html, reads the element with data-read-aloud
Picture    components/picture.html [image, alt, sizes]: AVIF, WebP or JPEG in three widths
Video      components/video.html [video]: css/video.css; nothing loads before somebody presses play
Interpretation  interpretations/blocks/<type>.html, css/interpretations.css, js/interpretation.js;
           components/form_labels.html [forms], components/bar_chart.html [chart],
           components/plain_table.html [head, rows, name]; .rating (有帮助, 没帮助)
Copy       button[data-copy="#id"], button[data-print]: hidden until the script can
"""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model

from consultation.enums import Phase
from interpretations.blocks import InterpretationStreamBlock
from interpretations.enums import Form, Validity
from openday.enums import EventPhase
from publishing.clauses.segments import segments

_BODY = InterpretationStreamBlock()
_KINDS = [("person", _("个人")), ("organisation", _("单位或组织"))]


class SampleForm(forms.Form):
    """One field of each kind; filled in wrongly, so that the errors show."""

    phone = forms.CharField(
        label=_("联系电话"),
        help_text=_("用来核实意见和告知结果，不会公开。"),
        error_messages={"required": _("请填写联系电话。")},
    )
    text = forms.CharField(label=_("意见内容"), widget=forms.Textarea)
    village = forms.CharField(label=_("所在村（社区）"), required=False)
    kind = forms.ChoiceField(label=_("您是"), choices=_KINDS, widget=forms.RadioSelect)


def samples() -> dict[str, Any]:
    """The context of portal/styleguide.html."""
    today = timezone.localdate()
    wrong = SampleForm({"text": str(_("建议周末也开放。")), "kind": "person"})
    wrong.is_valid()
    return {
        "form": wrong,
        "phases": list(Phase),
        "event_phases": list(EventPhase),
        "validities": list(Validity),
        "icons": ICONS,
        "draft": SimpleNamespace(
            phase=Phase.OPEN,
            opening_day=today - timedelta(days=5),
            closing_day=today + timedelta(days=25),
        ),
        "picture": get_image_model().objects.order_by("pk").last(),
        "film": _film(),
        "forms": list(Form),
        "blocks": [block.bind(block.get_preview_value()) for block in _BODY.child_blocks.values()],
        "listed": Paginator(range(95), 10).get_page(4),
        "figures": {
            "received": 62,
            "adopted": 21,
            "partly": 14,
            "not_adopted": 15,
            "out_of_scope": 7,
            "invalid": 2,
            "withdrawn": 3,
            "open": 0,
        },
        "changed": segments(
            "每天八时至十八时，车位限时停放，每次不超过一小时。",
            "每天七时至十九时，车位限时停放，每次不超过两小时。",
        ),
    }


def _film() -> SimpleNamespace:
    """As a video is; its files aren't there, and nothing asks for them before it is played."""
    sizes = {"720p": (1280, 720, 9_800_000), "480p": (854, 480, 4_100_000)}
    return SimpleNamespace(
        title=_("停车新规，两分钟看懂"),
        width=1280,
        height=720,
        length="2分5秒",
        iso_length="PT125S",
        created_at=timezone.now(),
        poster_url=static("portal/img/emblem.svg"),
        transcript=_(
            "车位每天七时至十九时限时停放，每次不超过两小时。\n\n住在附近的人可以办通行证。"
        ),
        tracks=[
            SimpleNamespace(language="zh-Hans", get_language_display=_("中文"), key=UUID(int=0))
        ],
        files=[
            SimpleNamespace(
                name=name, url=f"/media/videos/{name}.mp4", width=w, height=h, size=size
            )
            for name, (w, h, size) in sizes.items()
        ],
    )


ICONS = [
    "text-size",
    "search",
    "menu",
    "speak",
    "clock",
    "check",
    "alert",
    "info",
    "document",
    "download",
    "link",
    "copy",
    "print",
    "listen",
    "pause",
    "arrow",
    "phone",
    "people",
]
