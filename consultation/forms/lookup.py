from django import forms
from django.db import models

from consultation.models import Submission
from people.forms import TokenForm


class WithdrawForm(TokenForm):
    """Which opinion to take back, and the proof that the receipt was shown just now."""

    salt = "consultation.lookup"

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    @classmethod
    def rows(cls) -> models.QuerySet[Submission]:
        return Submission.objects.select_related("draft", "receipt", "contact")
