import django.db.models.deletion
from django.db import migrations, models


def keep_what_was_published(apps, schema_editor):
    """The figures that a result page carried itself become its first version."""
    result_page = apps.get_model("consultation", "AdoptionResultPage")
    version = apps.get_model("consultation", "ResultVersion")
    for row in result_page.objects.filter(frozen_at__isnull=False):
        version.objects.create(
            result=row,
            number=1,
            figures=row.figures or {},
            table=row.table or [],
            published_at=row.frozen_at,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('consultation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ResultVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='版本号')),
                ('figures', models.JSONField(verbose_name='统计')),
                ('table', models.JSONField(verbose_name='汇总表')),
                ('published_at', models.DateTimeField(verbose_name='公布时间')),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='consultation.adoptionresultpage')),
            ],
            options={
                'verbose_name': '采纳情况公布版本',
                'verbose_name_plural': '采纳情况公布版本',
                'ordering': ['result', '-number'],
                'constraints': [models.UniqueConstraint(fields=('result', 'number'), name='result_number_unique')],
            },
        ),
        migrations.RunPython(keep_what_was_published, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='adoptionresultpage',
            name='figures',
        ),
        migrations.RemoveField(
            model_name='adoptionresultpage',
            name='frozen_at',
        ),
        migrations.RemoveField(
            model_name='adoptionresultpage',
            name='table',
        ),
    ]
