from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from interpretations.blocks.clause_choice import clauses_block
from interpretations.blocks.lacking import AskedBlock, is_empty
from publishing.clauses.blocks import StoredFormBlock

SIMPLE = ["bold", "ol", "ul", "link", "document-link"]


class QuestionBlock(StoredFormBlock):
    """A question as people ask it, and its answer. Its id stands in the answer's address."""

    question = blocks.CharBlock(label=_("问"), required=False, max_length=120)
    answer = blocks.RichTextBlock(label=_("答"), required=False, features=SIMPLE)
    clauses = clauses_block()

    class Meta:
        icon = "help"
        label = _("一问一答")
        label_format = "{question}"


class QuestionsBlock(AskedBlock):
    """简明问答."""

    title = blocks.CharBlock(label=_("标题"), required=False, max_length=80)
    items = blocks.ListBlock(QuestionBlock(), label=_("问答"), default=[], required=False)

    class Meta:
        icon = "help"
        label = _("简明问答")
        template = "interpretations/blocks/questions.html"
        description = _("群众常问的问题和回答，每一问有自己的链接。")
        preview_value = {
            "title": "大家常问",
            "items": [
                {
                    "question": "集市日停车怎么收费？",
                    "answer": "<p>前两小时免费，以后每小时一元。</p>",
                    "clauses": [],
                }
            ],
        }
        label_format = "{title}"

    def lacking(self, value: Any, name: str) -> Iterator[str]:
        if not value["title"].strip():
            yield f"{name}缺少标题。"
        if not value["items"]:
            yield f"{name}一个问题也没有。"
        for number, item in enumerate(value["items"], 1):
            if not item["question"].strip():
                yield f"{name}第{number}问没有写问题。"
            if is_empty(item["answer"]):
                yield f"{name}第{number}问没有写回答。"
