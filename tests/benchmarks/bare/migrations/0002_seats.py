import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bare", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="BareSession",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("capacity", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="BareSeat",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("phone", models.CharField(max_length=20)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="bare.baresession",
                    ),
                ),
            ],
        ),
    ]
