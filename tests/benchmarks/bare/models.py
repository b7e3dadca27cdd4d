from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField
from wagtail.fields import StreamField
from wagtail.models import Page

from publishing.clauses.blocks import ClauseStreamBlock


class BareOpinion(models.Model):
    """One row, as the simplest possible form would keep it."""

    phone = models.CharField(max_length=20)
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.pk}"


class BareSession(models.Model):
    """So many seats."""

    capacity = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.pk}"


class BareSeat(models.Model):
    """One of them, taken."""

    session = models.ForeignKey(BareSession, on_delete=models.CASCADE, related_name="seats")
    phone = models.CharField(max_length=20)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.pk}"


class BarePage(Page):
    """The same clauses in a StreamField, shown by one template, filled up to the same bytes."""

    body = StreamField(ClauseStreamBlock())
    filling = models.TextField(blank=True)

    template = "bare/bare_page.html"


class BareForm(AbstractForm):
    """A form as an editor of any Wagtail site builds it."""

    template = "bare/bare_form.html"
    landing_page_template = "bare/bare_form_landing.html"


class BareFormField(AbstractFormField):
    page = ParentalKey(BareForm, on_delete=models.CASCADE, related_name="form_fields")
