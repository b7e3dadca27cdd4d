from django.urls import path

from people.views.captcha import challenge

app_name = "people"
urlpatterns = [path("captcha/", challenge, name="challenge")]
