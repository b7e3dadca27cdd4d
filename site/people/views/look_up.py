"""Looking up what belongs to a receipt, by its number and code, and the steps from there.

No code stands in an address, and no session is needed: a page carries a token that is signed and
lasts half an hour.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from people.addresses import client_address
from people.forms import LookupForm, TokenForm
from people.receipts import find_receipt
from people.throttle import TooMany, check_limits


@method_decorator(never_cache, name="dispatch")
class LookUpView(View):
    """The form; with a right number and code, the page of the row. A wrong pair learns nothing."""

    http_method_names = ["get", "head", "post"]
    form_class: ClassVar[type[LookupForm]] = LookupForm
    token_form_class: ClassVar[type[TokenForm]]
    template_name: ClassVar[str]
    not_found: ClassVar[str]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show_form(self.form_class(), status=200)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self._show_form(form)
        try:
            return self._find(form)
        except TooMany as refusal:
            form.add_error(None, refusal.message)
            response = self._show_form(form, status=429)
            response["Retry-After"] = str(refusal.retry_after)
            return response

    def show(self, row: Any) -> HttpResponse:
        """The page of what was found."""
        raise NotImplementedError

    @classmethod
    def ask_again(cls, request: HttpRequest, form: TokenForm) -> HttpResponse:
        """The empty form, and why the step wasn't taken."""
        message = next(iter(form.errors.values()))[0]
        context = {"form": cls.form_class(), "message": message}
        return render(request, cls.template_name, context, status=403)

    def _find(self, form: LookupForm) -> HttpResponse:
        """Whoever brings another feature's number with its right code is told where to go."""
        number, code = form.cleaned_data["number"], form.cleaned_data["code"]
        address = client_address(self.request)
        check_limits(action="lookup", address=address, person_key=number)
        receipt = find_receipt(number, code)
        rows = self.token_form_class.rows()
        if receipt and (row := rows.filter(receipt=receipt).first()):
            return self.show(row)
        if receipt is None:
            form.add_error(None, self.not_found)
        return self._show_form(form, elsewhere=receipt is not None)

    def _show_form(
        self, form: LookupForm, *, status: int = 422, elsewhere: bool = False
    ) -> HttpResponse:
        context = {"form": form, "elsewhere": elsewhere}
        return render(self.request, self.template_name, context, status=status)


def after(look_up: type[LookUpView]) -> Callable[[Callable[..., HttpResponse]], Any]:
    """Makes a view of a step from the page that was looked up.

    The step gets the row of the page's token, and what else the form asks for by its name; with a
    token that is none, number and code are asked for again.
    """

    def decorate(step: Callable[..., HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
        @never_cache
        @require_POST
        @wraps(step)
        def view(request: HttpRequest) -> HttpResponse:
            form = look_up.token_form_class(request.POST)
            if not form.is_valid():
                return look_up.ask_again(request, form)
            rest = dict(form.cleaned_data)
            return step(request, rest.pop("token"), **rest)

        return view

    return decorate
