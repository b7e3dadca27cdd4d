"""What Wagtail's own migrations name in English, named in Chinese where nobody renamed it."""

from django.db import migrations

NAMES = [
    ("auth", "Group", "name", "Editors", "全站编辑"),
    ("auth", "Group", "name", "Moderators", "全站审核"),
    ("wagtailcore", "Task", "name", "Moderators approval", "全站审核"),
    ("wagtailcore", "Workflow", "name", "Moderators approval", "全站审核"),
    ("wagtailcore", "Collection", "name", "Root", "全部文件"),
    ("wagtailcore", "Page", "title", "Root", "全部站点"),
    ("wagtailcore", "Page", "draft_title", "Root", "全部站点"),
    ("wagtailcore", "Page", "title", "Welcome to your new Wagtail site!", "新站点"),
    ("wagtailcore", "Page", "draft_title", "Welcome to your new Wagtail site!", "新站点"),
]
"""App, model, field, Wagtail's name, ours."""


def rename(apps, old, new):
    """From one column of ``NAMES`` to the other; names that are taken stay as they are."""
    for app, model, field, *names in NAMES:
        rows = apps.get_model(app, model).objects
        if model == "Group" and rows.filter(name=names[new]).exists():
            continue
        rows.filter(**{field: names[old]}).update(**{field: names[new]})


def to_chinese(apps, schema_editor):
    rename(apps, 0, 1)


def to_english(apps, schema_editor):
    rename(apps, 1, 0)


class Migration(migrations.Migration):
    # Those of images, documents and admin find the groups by their English names.
    dependencies = [
        ("portal", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]
    operations = [migrations.RunPython(to_chinese, to_english)]
