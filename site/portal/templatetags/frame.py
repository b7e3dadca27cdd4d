"""The parts of a page's frame that are the same for everybody, kept where the page is not."""

from typing import Any

from django import template

from publishing.kept import kept

register = template.Library()


class KeptPart(template.Node):
    """A part of the answer to a POST, kept within a generation (``publishing.kept``).

    Pages that are read are kept whole. The answer to a POST is for one person alone; but its
    header and footer are those of every answer from the same address.
    """

    def __init__(self, name: str, nodelist: template.NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        request, page = context.get("request"), context.get("page")
        key = getattr(page, "pk", None)
        if key is None or request is None or request.method != "POST" or request.GET:
            return str(self.nodelist.render(context))
        place = (request.scheme, request.get_host(), request.path, key, context.get("here"))
        return kept("part", self.name, *place, make=lambda: str(self.nodelist.render(context)))


@register.tag("keptpart")
def kept_part(parser: Any, token: Any) -> KeptPart:
    """{% keptpart "header" %}…{% endkeptpart %}: of nothing but the address and the page."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endkeptpart",))
    parser.delete_first_token()
    return KeptPart(name.strip('"'), nodelist)
