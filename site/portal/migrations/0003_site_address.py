"""The address of the first site comes from the settings, so that links to it begin with https."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import migrations

HTTPS = 443


def take_address(apps, schema_editor):
    """Wagtail's own first site is localhost:80. Sites that somebody named stay as they are."""
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if base.scheme == "https" and base.hostname:
        untouched = apps.get_model("wagtailcore", "Site").objects.filter(
            hostname="localhost", port=80, is_default_site=True
        )
        untouched.update(hostname=base.hostname, port=HTTPS)


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0002_chinese_names"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(take_address, migrations.RunPython.noop)]
