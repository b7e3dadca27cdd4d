"""Documents and images of public pages: who may read them, and that nobody swaps them.

Publishing freezes a draft's attachments by their bytes (rule C2), and only reviewers publish. So
what a public page or a version shows is neither replaced nor deleted; a new file is a new document,
which a new draft chooses. What no public page shows is for the staff of its unit alone.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Model, Q, QuerySet
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from consultation.models import VersionFile
from interpretations.models import PolicyVersionFile
from portal.admin_scope import visible_files
from publishing.ids import parse_ids
from publishing.models.pages import MAX_AGE
from publishing.view_names import BULK, DELETES_FILE, DOCUMENT, view_name

IS_FIXED = _(
    "“%(title)s”已随公开的页面公布，不能更换或删除。"
    "需要改动时，请上传为新的文件，再在页面的草稿中选用它。"
)
# The rows by which versions list documents, each with the way to its page.
_LISTINGS: tuple[tuple[Any, str], ...] = (
    (VersionFile, "version__draft"),
    (PolicyVersionFile, "version__policy"),
)
_FILE_IDS = ("document_id", "doc_id", "image_id")


def showing_pages(file: Model) -> QuerySet[Any]:
    """The public pages that refer to the file, or whose earlier versions list it."""
    kind = ContentType.objects.get_for_model(file)
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=kind,
        to_object_id=str(file.pk),
    )
    wanted = Q(pk__in=references.values_list(Cast("object_id", BigIntegerField()), flat=True))
    if isinstance(file, get_document_model()):
        for model, page in _LISTINGS:
            wanted |= Q(pk__in=model.objects.filter(document_id=file.pk).values(page))
    pages: QuerySet[Any] = Page.objects.live().filter(wanted)
    return pages


def is_fixed(file: Model) -> bool:
    """Whether the public sees the file, or a version holds it, be its page taken off or not."""
    return _is_held(file) or bool(showing_pages(file).exists())


def _is_held(file: Model) -> bool:
    if not isinstance(file, get_document_model()):
        return False
    return any(model.objects.filter(document_id=file.pk).exists() for model, _page in _LISTINGS)


def require_readable(document: Any, request: HttpRequest) -> None:
    """404 unless a public page shows the document to this visitor, or it is of his unit.

    Says to ``PublishedFilesMiddleware`` whether anybody may read it: caches may keep that.
    """
    barriers = [page.get_view_restrictions() for page in showing_pages(document)]
    if any(not barrier for barrier in barriers):
        request.file_for_all = True  # type: ignore[attr-defined] # read below
        return
    if any(all(one.accept_request(request) for one in barrier) for barrier in barriers):
        return
    rows = type(document)._default_manager.filter(pk=document.pk)
    if not (request.user.is_authenticated and visible_files(rows, request.user).exists()):
        raise Http404


class PublishedFilesMiddleware:
    """Refuses to delete what is public, and says how long a document may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if view_name(request) == DOCUMENT:
            if getattr(request, "file_for_all", False):
                patch_cache_control(response, public=True, max_age=MAX_AGE)
            else:
                patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        name = view_name(request)
        wanted = _to_delete(request, name, kwargs) if request.method == "POST" else None
        if wanted is None or not request.user.is_authenticated:
            return None
        fixed = [file for file in visible_files(wanted, request.user) if is_fixed(file)]
        return _refuse(request, fixed, name) if fixed else None


def _to_delete(request: HttpRequest, name: str, kwargs: Mapping[str, Any]) -> QuerySet[Any] | None:
    """The files that the request would delete. Wagtail itself refuses some of them, as if it were
    a matter of permissions."""
    if name.startswith(DELETES_FILE):
        model = get_image_model() if name.startswith("wagtailimages") else get_document_model()
        ids = [kwargs[key] for key in _FILE_IDS if key in kwargs]
    elif name == BULK and kwargs["action"] == "delete":
        models = {model._meta.model_name: model for model in _kinds()}
        model = models.get(kwargs["model_name"])
        ids = parse_ids(request.GET.getlist("id"))
    else:
        return None
    found: QuerySet[Any] | None = model.objects.filter(pk__in=ids) if model else None
    return found


def _kinds() -> tuple[Any, Any]:
    return get_document_model(), get_image_model()


def _refuse(request: HttpRequest, files: list[Any], name: str) -> HttpResponse:
    """Says of each file why not; to Wagtail's page for several uploads in its own way."""
    told = [str(IS_FIXED % {"title": file.title}) for file in files]
    if name.endswith("_multiple"):
        return JsonResponse({"success": False, "error_message": told[0]}, status=400)
    for words in told:
        messages.error(request, words)
    space = "wagtailimages" if isinstance(files[0], get_image_model()) else "wagtaildocs"
    return redirect(f"{space}:index")
