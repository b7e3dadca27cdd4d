import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    # The first one suffices: nothing is asked of the page table but its key.
    dependencies = [migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL)]

    operations = [
        migrations.CreateModel(
            name="BareOpinion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("phone", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="BarePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("body", wagtail.fields.StreamField([])),
                ("filling", models.TextField(blank=True)),
            ],
            bases=("wagtailcore.page",),
        ),
    ]
