from django.utils.translation import gettext_lazy as _

from openday.models import Registration, RegistrationQuerySet
from people.forms import LookupForm, ReceiptNumberField, TokenForm


class RegistrationLookupForm(LookupForm):
    """The number is called after what it belongs to."""

    number = ReceiptNumberField(label=_("报名编号"))


class RegistrationTokenForm(TokenForm):
    """The proof that the registration was shown just now."""

    salt = "openday.lookup"
    number_called = _("报名编号")

    @classmethod
    def rows(cls) -> RegistrationQuerySet:
        return Registration.objects.select_related(
            "session__event__unit", "group__audience", "receipt", "contact"
        )
