import os
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from tests.benchmarks.bare.models import BareOpinion


def same_bytes(request: HttpRequest) -> HttpResponse:
    """Answers what the file BENCH_BYTES holds: as much as the page that is compared."""
    return HttpResponse(_bytes(os.environ["BENCH_BYTES"]))


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    """One row by the ORM: no form, no checks, no transaction of its own."""
    row = BareOpinion.objects.create(phone=request.POST["phone"], text=request.POST["text"])
    return HttpResponse(f"{row.pk}")


@cache
def _bytes(path: str) -> bytes:
    return Path(path).read_bytes()
