"""The addresses of the review in the admin."""

from django.urls import path

from publishing.views import review

app_name = "review"
urlpatterns = [
    path("<id:page_id>/", review.show, name="show"),
    path("<id:page_id>/mask/", review.mask, name="mask"),
    path("<id:page_id>/keep/", review.keep, name="keep"),
    path("<id:page_id>/decide/", review.decide, name="decide"),
]
