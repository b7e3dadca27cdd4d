from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def look_up(request: HttpRequest) -> HttpResponse:
    return render(request, "openday/lookup.html")
