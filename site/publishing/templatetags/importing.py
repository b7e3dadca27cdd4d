"""Names for what the import's preview shows."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()
DEEPEST = 6


@register.filter
def kind_name(kind: str) -> str:
    """The kind of a parsed block, in an editor's words."""
    names = {
        "reference": _("文号"),
        "issuer": _("发文机关"),
        "title": _("标题"),
        "recipient": _("主送机关"),
        "signature": _("署名"),
        "date": _("成文日期"),
        "chapter": _("章"),
        "section": _("节"),
        "article": _("条"),
        "heading": _("标题"),
        "item": _("项"),
        "paragraph": _("段落"),
        "attachment": _("附件"),
        "table": _("表格"),
        "note": _("说明"),
    }
    return names[kind]


@register.filter
def change_name(op: str) -> str:
    """What became of a clause, in an editor's words."""
    names = {
        "same": _("未变"),
        "changed": _("有修改"),
        "added": _("新增"),
        "removed": _("删除"),
        "moved": _("移动"),
        "renumbered": _("序号变化"),
    }
    return names[op]


@register.filter
def depth_class(depth: int) -> int:
    """The depth for a class name; the style sheet knows six."""
    return min(depth, DEEPEST)
