import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='HolidayDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(unique=True, verbose_name='日期')),
                ('name', models.CharField(max_length=40, verbose_name='节日')),
                ('kind', models.CharField(choices=[('holiday', '放假'), ('workday', '调休上班')], default='holiday', max_length=8, verbose_name='安排')),
            ],
            options={
                'verbose_name': '节假日安排',
                'verbose_name_plural': '节假日安排',
                'ordering': ['-date'],
            },
        ),
        migrations.CreateModel(
            name='SiteProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site_title', models.CharField(default='政民互动平台', max_length=80, verbose_name='网站名称')),
                ('site_id_code', models.CharField(blank=True, help_text='全国统一编发的十位标识码。', max_length=20, verbose_name='网站标识码')),
                ('host_organisation', models.CharField(blank=True, max_length=80, verbose_name='主办单位')),
                ('operator_organisation', models.CharField(blank=True, max_length=80, verbose_name='承办单位')),
                ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='联系电话')),
                ('contact_address', models.CharField(blank=True, max_length=160, verbose_name='联系地址')),
                ('icp_number', models.CharField(blank=True, max_length=60, verbose_name='ICP备案号')),
                ('police_number', models.CharField(blank=True, max_length=60, verbose_name='公安备案号')),
                ('emblem_url', models.URLField(blank=True, help_text='标识核验页面的地址。', verbose_name='党政机关标识链接')),
                ('error_report_url', models.URLField(blank=True, help_text='政府网站找错平台上本站的地址。', verbose_name='“找错”入口链接')),
                ('portal_url', models.URLField(blank=True, help_text='本平台是其频道的政府门户网站首页。', verbose_name='上级门户网站')),
                ('minimum_period_days', models.PositiveSmallIntegerField(default=30, help_text='短于此期限须公开说明理由。', validators=[django.core.validators.MinValueValidator(1)], verbose_name='征求意见最短期限（日）')),
                ('feedback_workdays', models.PositiveSmallIntegerField(default=15, help_text='征集结束后多少个工作日内公布采纳情况。', validators=[django.core.validators.MinValueValidator(1)], verbose_name='反馈期限（工作日）')),
                ('retention_days', models.PositiveSmallIntegerField(default=365, help_text='采纳情况公布后，提交人的联系方式保存多少日。', validators=[django.core.validators.MinValueValidator(30)], verbose_name='联系方式保存期限（日）')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': '网站信息与期限',
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='单位名称')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='办公电话')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='办公邮箱')),
                ('address', models.CharField(blank=True, max_length=160, verbose_name='办公地址')),
                ('sort_order', models.PositiveSmallIntegerField(default=0, verbose_name='排序')),
                ('groups', models.ManyToManyField(blank=True, help_text='组内人员在其权限范围内办理本单位的事项。', related_name='units', to='auth.group', verbose_name='工作组')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='wagtailcore.site', verbose_name='所属站点')),
            ],
            options={
                'verbose_name': '单位',
                'verbose_name_plural': '单位',
                'ordering': ['sort_order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('site', 'name'), name='unit_name_unique_per_site')],
            },
        ),
    ]
