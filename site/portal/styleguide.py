"""The components of the public pages, and the samples that /styleguide/ shows of them.

A template that needs one includes it (``templates/components/<name>.html``, its context in
brackets) or writes its classes. Styles: ``portal/css/site.css`` (tokens, frame) and
``components.css`` are on every page; a page with the text of a draft adds ``document.css`` in
``{% block styles %}``. Blocks of base.html: ``title``, ``meta``, ``styles``, ``scripts``,
``breadcrumb``, ``main_class`` (``wrap`` unless said), ``content``.

Layout     .wrap (page width)  .band [--paper --brand] (full-width strip)  .stack [--loose]
           .cluster (a row that wraps)  .columns (main + aside: .columns__main, .columns__side)
           .measure (25-40 characters a line)  .prose (rich text)  .page-head, .page-head__lead
Button     .button (main)  .button--second  .button--plain  .button--danger  .button--wide; on
           <a> or <button>; .link-button: a button that looks like a link
Icon       components/icon.html [name]; the names are the symbols of components/icons.html
Notice     components/notice.html [kind: info|success|warning|error, title, text], or
           .notice .notice--<kind> > .notice__title + anything
Errors     components/error_summary.html [form]: takes the focus, links to each field
Field      components/field.html [field]: label, hint, error, widget; by hand: .field
           [.field--wrong] > label.field__label, .field__hint, .field__error, .input
Choices    components/choices.html [field]: a fieldset of radio buttons or checkboxes; one alone:
           .choice > input + label
Card       .card [--link: the whole card leads where its one a.card__link does] > .card__title
           .card__text .card__foot; components/draft_card.html [draft]
Status     components/status.html [phase]: .status .status--<phase value>
Countdown  components/countdown.html [draft]: days left beside the absolute dates
Facts      dl.facts > div > dt + dd
Table      div.table-scroll[role=region tabindex=0 aria-label] > table.table; .table--stack turns
           rows into cards on narrow screens (each td has data-label)
Breadcrumb components/breadcrumb.html [breadcrumb, page, here]
Pages      components/pagination.html [page: Paginator page, query: rest of the address]
Steps      ol.steps > li.steps__item [aria-current=step] (a form in parts)
Timeline   ol.timeline > li.timeline__item [--done --now --todo] > .timeline__name .timeline__note
Receipt    components/receipt.html [number, code]
Actions    div.action-bar (sticks to the lower edge) > .cluster
Contents   components/toc.html [entries: (anchor, label, text, level)]: beside the text when wide
Clause     components/clause_text.html [clause: ClauseText, heading_level]; wrapper of the page:
           .clause#c-<id> > the above + .clause__tools > .speak-mark [+ .speak-mark__count]
           {% load look %}: clauses|outlined gives (clause, heading_level)
Redline    components/segments.html [segments] makes ins/del; .redline > .change--<op>
Read aloud components/read_aloud.html, reads the element with data-read-aloud
Copy       button[data-copy="#id"] (hidden until the script can), button[data-print]
"""

from typing import Any


def samples() -> dict[str, Any]:
    """The context of portal/styleguide.html."""
    return {}
