import django.core.validators
from django.db import migrations, models

STATUTORY = 30


def lift(apps, schema_editor):
    """What a site had set below the statutory period."""
    profiles = apps.get_model("publishing", "SiteProfile").objects
    profiles.filter(minimum_period_days__lt=STATUTORY).update(minimum_period_days=STATUTORY)


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0005_review'),
    ]

    operations = [
        migrations.AlterField(
            model_name='siteprofile',
            name='minimum_period_days',
            field=models.PositiveSmallIntegerField(default=30, help_text='短于此期限须公开说明理由；可以比法定的30日长，不能短。', validators=[django.core.validators.MinValueValidator(30, '法定期限不少于30日，这里不能更短。')], verbose_name='征求意见最短期限（日）'),
        ),
        migrations.RunPython(lift, migrations.RunPython.noop),
    ]
