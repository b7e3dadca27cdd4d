"""The addresses that belong to no page; everything else is a page of Wagtail's tree."""

from django.conf import settings
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from portal import views

handler400 = "portal.views.bad_request"
handler403 = "portal.views.permission_denied"
handler404 = "portal.views.page_not_found"
handler500 = "portal.views.server_error"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap/", views.sitemap_page, name="sitemap_page"),
    path("search/", views.search, name="search"),
    path("policies/<id:pk>/from-draft/", views.policy_redline, name="policy_redline"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("people/", include("people.urls")),
    path("", include("consultation.urls")),
    path("", include("openday.urls")),
    path("", include("interpretations.urls")),
    path("", include("interpretations.media_urls")),
]

if settings.DEMO:
    urlpatterns += [
        # As nginx does: documents are served by a view that asks who may see them.
        re_path(
            r"^media/(?!.*(?:documents|original_images)/)(?P<path>.*)$",
            views.media_file,
            {"folder": settings.MEDIA_ROOT},
        ),
        path("mailbox/", views.mailbox, name="mailbox"),
        path("mailbox/<str:name>/", views.mail, name="mail"),
    ]

urlpatterns += [path("", include(wagtail_urls))]
