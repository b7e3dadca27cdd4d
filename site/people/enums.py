from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactKind(models.TextChoices):
    """Whether a person speaks for themselves or for an organisation."""

    INDIVIDUAL = "individual", _("个人")
    ORGANISATION = "organisation", _("单位或组织")
