from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from portal.mailbox import find_mail, read_mails


@never_cache
def mailbox(request: HttpRequest) -> HttpResponse:
    """Demo only: the mails that the platform would have sent, the newest first."""
    if not settings.DEMO:
        raise Http404
    mails = read_mails(Path(settings.EMAIL_FILE_PATH))
    return render(request, "portal/mailbox.html", {"mails": mails})


@never_cache
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """Demo only: one of the mails."""
    found = find_mail(Path(settings.EMAIL_FILE_PATH), name) if settings.DEMO else None
    if found is None:
        raise Http404
    return render(request, "portal/mail.html", {"mail": found})
