from typing import Any

from django.db import models
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from publishing.clauses.blocks import clauses_of
from publishing.clauses.clause import ClauseText
from publishing.clauses.document import Document


class ClausePage(models.Model):
    """A page whose text is clauses, which a document can be imported into. Give ``body``, a
    StreamField of a ``ClauseStreamBlock``. Mix in before ``BasePage``."""

    body: Any

    # What an import calls the clauses that it counts, and what it writes beside each.
    clause_name: str | Promise = _("条款")
    clause_mark: str | Promise = _("条款")

    class Meta:
        abstract = True

    @cached_property
    def clauses(self) -> list[ClauseText]:
        """The body in its flat form."""
        return clauses_of(self.body)

    def take_facts(self, document: Document) -> None:
        """Fill in, from an imported document, what the page's fields still lack."""
