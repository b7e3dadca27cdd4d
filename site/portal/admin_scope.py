"""What Wagtail's own admin screens would show of other units' unpublished work, withheld.

The explorer and the editor ask for permissions; the page chooser, the move screen, the bulk
actions and two reports show every page's, document's and image's title to whoever may enter the
admin.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import F, Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import page_permission_policy, policy_registry

from publishing.ids import parse_id, parse_ids
from publishing.view_names import (
    ADMIN,
    ADMIN_API,
    BULK,
    CHOSEN_PAGES,
    ERROR_TEST,
    EXTERNAL_LINK,
    NAMES_PAGES,
    REPORTS,
    SET_POSITION,
    view_name,
)

_PAGE_IDS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
_LINK_FIELD = "external-link-chooser-url"


def visible_pages(pages: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Those that the public sees as they are, and those in the user's own part of the tree."""
    if user.is_active and user.is_superuser:
        return pages
    own = page_permission_policy.explorable_instances(user).values("pk")
    seen = Page.objects.filter(Q(live=True, draft_title=F("title")) | Q(depth=1) | Q(pk__in=own))
    # By ids, because a search can't filter by fields that are not in its index.
    return pages.filter(pk__in=seen.values("pk"))


def visible_files(files: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """The documents or images of the collections in which the user may do anything."""
    policy = policy_registry.get_by_type(files.model)
    actions = ["add", "change", "delete", "choose"]
    own = policy.instances_user_has_any_permission_for(user, actions)
    return files.filter(pk__in=own.values("pk"))


def visible_ids(kind: str, ids: set[int], user: Any) -> set[int] | None:
    """Those of the ids that the user may see, or that nobody has; None for other kinds of rows."""
    model = {str(model._meta.model_name): model for model in _wagtails_own()}.get(kind)
    if model is None:
        return None
    rows = model._default_manager.filter(pk__in=ids)
    hidden = set(rows.values_list("pk", flat=True))
    return ids - (hidden - set(_visible(rows, user).values_list("pk", flat=True)))


class AdminScopeMiddleware:
    """Answers 404 for a page or file that is not the user's business, and keeps two reports for
    administrators. What a screen of Wagtail's can't read is answered with 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        name = view_name(request)
        # Before the session is touched: the public pages are Wagtail's too, and caches keep them.
        if not name.startswith((ADMIN, BULK)) or not request.user.is_authenticated:
            return None
        if name == ERROR_TEST:
            raise Http404
        if name in REPORTS:
            return _report(request)
        if name == SET_POSITION and kwargs["page_to_move_id"] in _roots():
            raise Http404
        if name.startswith(NAMES_PAGES):
            wanted = {kwargs[key] for key in _PAGE_IDS if key in kwargs}
            if name == CHOSEN_PAGES:
                wanted |= set(_numbers(request.GET.getlist("id")))
            _require_visible(Page, wanted, request.user)
        if name == BULK:
            _narrow_bulk(request, **kwargs)
        _refuse_senseless(request, name)
        return None


def _refuse_senseless(request: HttpRequest, name: str) -> None:
    """400 for what two of Wagtail's views would fail at."""
    if name.startswith(ADMIN_API):
        _numbers(filter(None, request.GET.getlist("id")))
    if name == EXTERNAL_LINK and request.method == "POST" and _LINK_FIELD not in request.POST:
        raise BadRequest


def _report(request: HttpRequest) -> HttpResponse | None:
    if not request.user.is_superuser:
        refusal: HttpResponse = permission_denied(request)
        return refusal
    _numbers(filter(None, request.GET.getlist("user")))
    return None


def _narrow_bulk(request: HttpRequest, app_label: str, model_name: str, action: str) -> None:
    """404 for ids of others; "all" becomes the ids of those rows of the listing that are seen.

    Features scope their own bulk actions: only Wagtail's are looked at.
    """
    models = {model._meta.label_lower: model for model in _wagtails_own()}
    model = models.get(f"{app_label}.{model_name}")
    chosen = bulk_action_registry.get_bulk_action_class(app_label, model_name, action)
    if model is None or chosen is None:
        return
    ids = request.GET.getlist("id")
    if "all" not in ids:
        return _require_visible(model, set(_numbers(ids)), request.user)
    parent = request.GET.get("childOf")
    if parent is not None:
        _require_parent(model, parent, request.user)
    listed = chosen(request, model).get_all_objects_in_listing_query(parent)
    seen = _visible(model._default_manager.filter(pk__in=list(listed)), request.user)
    query = request.GET.copy()
    query.setlist("id", [str(pk) for pk in seen.values_list("pk", flat=True)])
    request.GET = query  # type: ignore[assignment] # Django's own is as mutable before a view
    return None


def _roots() -> list[int]:
    return list(Page.objects.filter(depth=1).values_list("pk", flat=True))


def _wagtails_own() -> tuple[type[Model], ...]:
    return (Page, get_document_model(), get_image_model())


def _visible(rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
    return visible_pages(rows, user) if rows.model is Page else visible_files(rows, user)


def _require_parent(model: type[Model], written: str, user: Any) -> None:
    """404 unless the listing's page is there and seen; for files the parent is a collection."""
    parent = parse_id(written)
    known = parent is not None and (
        model is not Page or model._default_manager.filter(pk=parent).exists()
    )
    if not known:
        raise Http404
    if model is Page:
        _require_visible(model, {int(written)}, user)


def _require_visible(model: type[Model], wanted: set[int], user: Any) -> None:
    """404 unless all of these rows may be seen; ids that nobody has are left to the view."""
    rows = model._default_manager.filter(pk__in=wanted)
    if wanted and _visible(rows, user).count() < rows.count():
        raise Http404


def _numbers(written: Any) -> list[int]:
    """The ids; 400 if one of them is none, as Wagtail's views would fail at it."""
    texts = list(written)
    found = parse_ids(texts)
    if len(found) < len(texts):
        raise BadRequest
    return found
