"""Messages, units and members of staff for the tests."""

from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import Page, Site

from notify.services import enqueue
from publishing.models import Unit

_numbers = count(1)


def message(contact, **more):
    """A message to the contact with a key of its own."""
    defaults = {
        "kind": "result",
        "subject": "意见采纳情况：测试草案",
        "body": "您好：\n您的意见已被采纳。",
        "dedupe_key": f"test-{next(_numbers)}",
    }
    return enqueue(contact=contact, **{**defaults, **more})


def unit(name="甲单位"):
    """A unit of the default site, which a test that emptied the database may have taken away."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        root = Page.add_root(title="根", slug="root")
        site = Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)
    return Unit.objects.create(name=name, site=site)


def staff(of, *permissions):
    """A member of staff of a unit, whose group holds these permissions and may enter the admin."""
    group = Group.objects.create(name=f"group-{next(_numbers)}")
    for name in ("wagtailadmin.access_admin", *permissions):
        app, codename = name.split(".")
        group.permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    of.groups.add(group)
    user = get_user_model().objects.create_user(
        f"user-{next(_numbers)}", first_name="某", last_name="李"
    )
    user.groups.add(group)
    return user
