"""有帮助、没帮助: what a reader says of an answer, by a button on a page that caches keep.

The page is the same for everyone, so no token against forgery can stand in it, and none is needed:
no cookie and no session gives the request any rights. What another site could do is make its
visitors' browsers click; so it is the browser that is asked where the click came from.
"""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from interpretations.forms.questions import RatingForm
from interpretations.mentions import anchor
from interpretations.models import PublicQuestion
from interpretations.models.question_list import public_questions
from interpretations.services.questions import rate_answer
from people.addresses import client_address
from people.throttle import TooMany, check_limits
from publishing.origin import came_from_us


@csrf_exempt
@never_cache
@require_POST
def rate(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Counts one more, then thanks."""
    if not came_from_us(request):
        raise PermissionDenied
    question, form = _question(pk, key), RatingForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    try:
        check_limits(action="rate", address=client_address(request), person_key=f"{pk}|{key}")
    except TooMany as refusal:
        return _refused(request, question, refusal)
    rate_answer(question=question, is_useful=form.cleaned_data["useful"] == "yes")
    return redirect("answer_rated", pk, key)


@never_cache
@require_safe
def rated(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Thanks; shown again, it counts nothing again."""
    return _show(request, _question(pk, key))


def _question(pk: int, key: str) -> PublicQuestion:
    found: PublicQuestion = get_object_or_404(
        public_questions().select_related("page"), page=pk, anchor=key
    )
    return found


def _refused(request: HttpRequest, question: PublicQuestion, refusal: TooMany) -> HttpResponse:
    response = _show(request, question, refusal.message, status=429)
    response["Retry-After"] = str(refusal.retry_after)
    return response


def _show(
    request: HttpRequest, question: PublicQuestion, refusal: str = "", *, status: int = 200
) -> HttpResponse:
    context = {"question": question, "anchor": anchor(question.anchor), "refusal": refusal}
    return render(request, "interpretations/answer_rated.html", context, status=status)
