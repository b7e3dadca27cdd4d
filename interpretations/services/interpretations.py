"""What publishing an interpretation leaves behind."""

from django.db import transaction

from interpretations.models import InterpretationPage
from interpretations.services.exemptions import end_exemptions
from interpretations.services.questions import keep_questions
from interpretations.services.stale import close_edited
from interpretations.services.starting_media import start_pictures


@transaction.atomic
def record_publication(*, page: InterpretationPage) -> None:
    """Notes the forms and the questions that are now public, closes what was stale and was changed,
    and has the sizes of the pictures made ahead. Whoever waited for it waits no longer."""
    words = ",".join(form.value for form in page.forms)
    page.public_forms = f",{words}," if words else ""
    InterpretationPage.objects.filter(pk=page.pk).update(public_forms=page.public_forms)
    keep_questions(page=page)
    close_edited(page=page)
    end_exemptions(page=page)
    transaction.on_commit(lambda: start_pictures(page.pk))
