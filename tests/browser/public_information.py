"""Pages of information for the site of ``public_site``."""

from wagtail.models import PageViewRestriction

from portal.models import InformationPage
from tests.factories.consultation import make_home


def make_information() -> None:
    """A page, and one behind a password."""
    make_home().add_child(instance=how_to_take_part())
    shut = make_home().add_child(instance=how_to_take_part("shut"))
    password = PageViewRestriction.PASSWORD
    PageViewRestriction.objects.create(page=shut, restriction_type=password, password="x")


def how_to_take_part(slug: str = "how") -> InformationPage:
    return InformationPage(
        title="怎样参与",
        slug=slug,
        introduction="三步。",
        body="<h2>看草案</h2><p>读全文。</p><ul><li>可以打电话。</li></ul>",
        show_in_menus=True,
    )
