from typing import Any

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter


def as_the_editor_stores(model: type[Any], field: str, html: str) -> str:
    """The HTML with the marks that the editor's field adds, so that opening it changes nothing."""
    converter = ContentstateConverter(features=model._meta.get_field(field).features)
    lines = "".join(line.strip() for line in html.splitlines())
    stored: str = converter.to_database_format(converter.from_database_format(lines))
    return stored
