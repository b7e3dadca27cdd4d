"""Load the days that the State Council has ordered so far (publishing/data/holidays.csv)."""

from django.db import migrations

from publishing.workdays import load_shipped


def load(apps, schema_editor):
    HolidayDay = apps.get_model("publishing", "HolidayDay")
    HolidayDay.objects.bulk_create(
        [
            HolidayDay(date=row.date, name=row.name, kind="workday" if row.is_workday else "holiday")
            for row in load_shipped()
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):

    dependencies = [("publishing", "0002_ground")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
