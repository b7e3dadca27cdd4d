from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

_PAGE = "interpretations.InterpretationPage"
ANCHOR_LENGTH = 36


class PublicQuestion(index.Indexed, models.Model):
    """A question of a public interpretation with its answer in plain words: a row for the page that
    brings all questions together, written when the interpretation goes live, removed when it goes
    off. ``anchor``: the block id. The field is called ``title`` because searches rank by it."""

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(_PAGE, on_delete=models.CASCADE, related_name="public_questions")
    anchor = models.CharField(max_length=ANCHOR_LENGTH)
    place = models.PositiveSmallIntegerField()
    title = models.CharField(_("问题"), max_length=120)
    answer = models.TextField(_("回答"))

    search_fields = [index.SearchField("title"), index.SearchField("answer")]

    class Meta:
        verbose_name = _("公开的问答")
        verbose_name_plural = _("公开的问答")
        default_permissions = ()
        ordering = ["page", "place"]
        constraints = [
            models.UniqueConstraint(fields=["page", "anchor"], name="one_row_of_a_question")
        ]

    def __str__(self) -> str:
        return self.title


class AnswerRating(models.Model):
    """How many found an answer useful, and how many not. Counts alone: nothing of who said it.

    They stay when the page is published anew; the question is the same as long as its id is.
    """

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(_PAGE, on_delete=models.CASCADE, related_name="answer_ratings")
    anchor = models.CharField(max_length=ANCHOR_LENGTH)
    useful = models.PositiveIntegerField(_("有帮助"), default=0)
    useless = models.PositiveIntegerField(_("没帮助"), default=0)

    class Meta:
        verbose_name = _("问答评价")
        verbose_name_plural = _("问答评价")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["page", "anchor"], name="one_rating_of_an_answer")
        ]

    def __str__(self) -> str:
        return f"{self.useful}/{self.useless}"
