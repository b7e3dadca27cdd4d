"""A page with nothing but a form and its captcha, for the browser."""

from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from people.captcha import CaptchaForm

PAGE = """{% load static %}<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8">
<title>测试页</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{% static 'portal/css/site.css' %}"></head>
<body><main><h1>测试页</h1><form method="post">{% include "people/captcha.html" %}
<button>提交</button></form><p id="outcome">{{ outcome }}</p></main></body></html>"""


@csrf_exempt
def page(request):
    form, outcome = CaptchaForm(request.POST or None), "未提交"
    if request.method == "POST":
        outcome = "已通过" if form.is_valid() else "未通过"
        outcome += "（待核验）" if form.held_for_review else ""
    context = {"form": form, "outcome": outcome}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


urlpatterns = [path("people/", include("people.urls")), path("", page)]
