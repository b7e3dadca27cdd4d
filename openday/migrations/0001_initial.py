

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import people.fields
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('publishing', '0004_siteprofile_event_retention_days'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailimages', '0027_image_description'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Audience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True, verbose_name='名称')),
                ('note', models.CharField(blank=True, help_text='报名人看得到，说明谁属于这一类。', max_length=120, verbose_name='说明')),
                ('sort_order', models.PositiveSmallIntegerField(default=0, verbose_name='排序')),
            ],
            options={
                'verbose_name': '代表类别',
                'verbose_name_plural': '代表类别',
                'ordering': ['sort_order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='EventReportPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('content_source', models.CharField(blank=True, help_text='留空则为主办单位。', max_length=80, verbose_name='来源')),
                ('keywords', models.CharField(blank=True, help_text='多个关键词用逗号隔开。', max_length=120, verbose_name='关键词')),
                ('narrative', wagtail.fields.RichTextField(blank=True, verbose_name='活动情况')),
            ],
            options={
                'verbose_name': '活动总结',
                'verbose_name_plural': '活动总结',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='EventIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('content_source', models.CharField(blank=True, help_text='留空则为主办单位。', max_length=80, verbose_name='来源')),
                ('keywords', models.CharField(blank=True, help_text='多个关键词用逗号隔开。', max_length=120, verbose_name='关键词')),
                ('introduction', models.CharField(blank=True, max_length=200, verbose_name='栏目简介')),
                ('column_type', models.CharField(default='互动交流', help_text='政府网站栏目分类名称。', max_length=20, verbose_name='栏目类别')),
                ('unit', models.ForeignKey(blank=True, help_text='填写后，其下的活动默认由该单位主办。', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='publishing.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '活动栏目',
                'verbose_name_plural': '活动栏目',
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='EventPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('content_source', models.CharField(blank=True, help_text='留空则为主办单位。', max_length=80, verbose_name='来源')),
                ('keywords', models.CharField(blank=True, help_text='多个关键词用逗号隔开。', max_length=120, verbose_name='关键词')),
                ('kind', models.CharField(choices=[('open_day', '政府开放日'), ('attendance', '公众代表列席会议'), ('hearing', '听证会'), ('symposium', '座谈会')], default='open_day', max_length=12, verbose_name='活动类型')),
                ('theme', models.CharField(blank=True, max_length=120, verbose_name='主题')),
                ('summary', models.TextField(blank=True, max_length=500, verbose_name='活动简介')),
                ('place', models.CharField(blank=True, max_length=160, verbose_name='地点')),
                ('directions', models.TextField(blank=True, help_text='公交、停车、从哪个门进。', max_length=500, verbose_name='怎样到达')),
                ('access_notes', models.TextField(blank=True, help_text='如轮椅坡道、电梯、手语或方言翻译、老花镜。', max_length=500, verbose_name='无障碍条件')),
                ('matters', models.TextField(blank=True, help_text='列席会议、听证会、座谈会必填。', max_length=1000, verbose_name='议题或听证事项')),
                ('selection_method', models.TextField(blank=True, help_text='各类代表名额怎样产生；听证会、列席会议必填。', max_length=1000, verbose_name='代表产生办法')),
                ('collected', models.TextField(blank=True, default='报名时收集姓名和联系电话，用来核实身份、通知结果和活动变动；电子邮箱、单位或村（社区）、无障碍需求和交通方式可以不填。不收集身份证号码，入场时出示证件即可。活动结束后按期清除。', max_length=500, verbose_name='收集哪些信息、作什么用')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='publishing.unit', verbose_name='主办单位')),
            ],
            options={
                'verbose_name': '活动',
                'verbose_name_plural': '活动',
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='EventMaterial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('title', models.CharField(max_length=120, verbose_name='材料名称')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtaildocs.document', verbose_name='文件')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='materials', to='openday.eventpage')),
            ],
            options={
                'verbose_name': '材料',
                'verbose_name_plural': '材料',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EventContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('office', models.CharField(max_length=80, verbose_name='联系单位')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='电话')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='电子邮箱')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='openday.eventpage')),
            ],
            options={
                'verbose_name': '联系方式',
                'verbose_name_plural': '联系方式',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EventCondition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('text', models.CharField(help_text='如“年满18周岁”。', max_length=120, verbose_name='条件')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='conditions', to='openday.eventpage')),
            ],
            options={
                'verbose_name': '报名条件',
                'verbose_name_plural': '报名条件',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EventSubject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='subjects', to='openday.eventpage')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='相关草案或政策')),
            ],
            options={
                'verbose_name': '相关草案或政策',
                'verbose_name_plural': '相关草案或政策',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlannedEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='年份')),
                ('month', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='月份')),
                ('kind', models.CharField(choices=[('open_day', '政府开放日'), ('attendance', '公众代表列席会议'), ('hearing', '听证会'), ('symposium', '座谈会')], max_length=12, verbose_name='活动类型')),
                ('theme', models.CharField(max_length=120, verbose_name='主题')),
                ('event', models.ForeignKey(blank=True, help_text='公告发布后选上，计划里就能点开。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='活动页面')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='plan', to='openday.eventindexpage')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='publishing.unit', verbose_name='主办单位')),
            ],
            options={
                'verbose_name': '年度计划',
                'verbose_name_plural': '年度计划',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProgrammeItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('time', models.CharField(help_text='如“9:00–9:30”。', max_length=40, verbose_name='时间')),
                ('content', models.CharField(max_length=200, verbose_name='内容')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='programme', to='openday.eventpage')),
            ],
            options={
                'verbose_name': '活动安排',
                'verbose_name_plural': '活动安排',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReportPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('alt', models.CharField(help_text='写出照片上有什么，给看不见照片的人听。', max_length=200, verbose_name='照片说明')),
                ('consented', models.BooleanField(default=False, help_text='只有远景和背影、认不出人的照片，也请核实后勾选。', verbose_name='照片中的人均已同意公开')),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailimages.image', verbose_name='照片')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='openday.eventreportpage')),
            ],
            options={
                'verbose_name': '照片',
                'verbose_name_plural': '照片',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, help_text='如“上午场”。', max_length=40, verbose_name='场次名称')),
                ('starts_at', models.DateTimeField(verbose_name='开始时间')),
                ('ends_at', models.DateTimeField(verbose_name='结束时间')),
                ('place', models.CharField(blank=True, help_text='留空则为活动页面上的地点。', max_length=160, verbose_name='地点')),
                ('capacity', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='总名额')),
                ('registration_opens_at', models.DateTimeField(verbose_name='报名开始')),
                ('registration_closes_at', models.DateTimeField(verbose_name='报名截止')),
                ('cancel_until', models.DateTimeField(help_text='此后只能由工作人员代为取消。', verbose_name='本人取消截止')),
                ('offers_until', models.DateTimeField(help_text='此后空出的名额不再通知候补。', verbose_name='递补截止')),
                ('offer_hours', models.PositiveSmallIntegerField(default=24, help_text='从通知发出或电话告知时起算。', validators=[django.core.validators.MinValueValidator(1)], verbose_name='递补确认时限（小时）')),
                ('sequence', models.PositiveIntegerField(default=0, editable=False)),
                ('moved_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='改期时间')),
                ('reconfirm_by', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='重新确认截止')),
                ('cancelled_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='取消时间')),
                ('cancel_reason', models.CharField(blank=True, editable=False, max_length=200, verbose_name='取消原因')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='openday.eventpage', verbose_name='活动')),
            ],
            options={
                'verbose_name': '场次',
                'verbose_name_plural': '场次',
                'ordering': ['starts_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SeatGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.CharField(choices=[('first_come', '先到先得'), ('review', '审核确定'), ('draw', '抽签确定'), ('nominated', '单位推荐'), ('invited', '邀请')], default='first_come', max_length=12, verbose_name='产生方式')),
                ('quota', models.PositiveIntegerField(help_text='这一类最多多少人。', validators=[django.core.validators.MinValueValidator(1)], verbose_name='最多名额')),
                ('minimum', models.PositiveIntegerField(default=0, help_text='总名额中至少为这一类留多少，不能超过最多名额。', verbose_name='保留名额')),
                ('minimum_until', models.DateTimeField(blank=True, help_text='此后没有用完的保留名额给其他类别。', null=True, verbose_name='保留到')),
                ('waiting_limit', models.PositiveIntegerField(blank=True, help_text='留空则不限；0 表示不设候补。', null=True, verbose_name='候补人数上限')),
                ('decided_by', models.DateField(blank=True, help_text='审核结果或抽签的日期，写进回执。', null=True, verbose_name='公布日期')),
                ('invitation_code', models.CharField(blank=True, help_text='推荐、邀请的人凭它在网上登记。', max_length=20, verbose_name='邀请码')),
                ('sort_order', models.PositiveSmallIntegerField(default=0, verbose_name='排序')),
                ('audience', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='openday.audience', verbose_name='代表类别')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='openday.session', verbose_name='场次')),
            ],
            options={
                'verbose_name': '名额组',
                'verbose_name_plural': '名额组',
                'ordering': ['sort_order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('consented_at', models.DateTimeField(blank=True, null=True, verbose_name='同意时间')),
                ('person_key', models.CharField(blank=True, editable=False, max_length=64)),
                ('household', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='同一电话的第几人')),
                ('state', models.CharField(choices=[('pending', '待审核'), ('in_draw', '待抽签'), ('waitlisted', '候补'), ('offered', '待确认'), ('confirmed', '已确认'), ('attended', '已签到'), ('no_show', '未到场'), ('not_selected', '未抽中'), ('rejected', '未通过'), ('lapsed', '逾期未确认'), ('cancelled', '已取消'), ('revoked', '已撤销')], max_length=12, verbose_name='状态')),
                ('origin', models.CharField(choices=[('web', '网上'), ('phone', '电话'), ('counter', '窗口'), ('list', '名单')], max_length=8, verbose_name='来源')),
                ('idempotency_key', models.UUIDField(editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='报名时间')),
                ('held_for_review', models.BooleanField(default=False, help_text='未经脚本验证提交，先核验是不是本人。', verbose_name='需人工核验')),
                ('access_needs', people.fields.EncryptedTextField(blank=True, default='', help_text='如轮椅、手语、方言。', verbose_name='无障碍需求')),
                ('transport', people.fields.EncryptedTextField(blank=True, default='', verbose_name='交通方式')),
                ('photo_consent', models.BooleanField(default=False, verbose_name='同意拍照并公开照片')),
                ('rank', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='抽签顺位')),
                ('waiting_since', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='候补起始')),
                ('offer_expires_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='确认截止')),
                ('offer_started_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='通知送达')),
                ('reconfirm_by', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='重新确认截止')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='people.contact')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('notice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.privacynotice', verbose_name='同意的隐私声明')),
                ('receipt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='registration', to='people.receipt')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='openday.seatgroup', verbose_name='名额组')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='openday.session', verbose_name='场次')),
            ],
            options={
                'verbose_name': '报名',
                'verbose_name_plural': '报名',
                'ordering': ['-pk'],
                'permissions': [('decide_registration', '可审核报名、确定席位'), ('check_in_registration', '可办理现场签到'), ('export_registration', '可导出报名名单')],
            },
        ),
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('participants', models.JSONField(blank=True, default=list, verbose_name='听证参加人名单')),
                ('participants_published_at', models.DateTimeField(blank=True, null=True, verbose_name='名单公布时间')),
                ('materials_delivered_on', models.DateField(blank=True, help_text='须在听证会召开7日前送达参加人。', null=True, verbose_name='材料送达日期')),
                ('ready_at', models.DateTimeField(blank=True, null=True, verbose_name='准备就绪')),
                ('introduction', models.TextField(blank=True, help_text='决策方案的内容、依据和有关情况。', verbose_name='承办单位介绍')),
                ('statements', models.TextField(blank=True, help_text='听证参加人的意见和建议。', verbose_name='陈述')),
                ('questions', models.TextField(blank=True, verbose_name='询问、质证')),
                ('debate', models.TextField(blank=True, verbose_name='辩论')),
                ('recorder', models.CharField(blank=True, max_length=40, verbose_name='记录人')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='笔录定稿时间')),
                ('ready_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='hearing', to='openday.session')),
            ],
            options={
                'verbose_name': '听证',
                'verbose_name_plural': '听证',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(editable=False, verbose_name='编号')),
                ('text', models.TextField(max_length=3000, verbose_name='建议内容')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='办理期限')),
                ('answer', models.TextField(blank=True, max_length=3000, verbose_name='答复')),
                ('answered_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='答复时间')),
                ('is_public', models.BooleanField(default=True, help_text='不公开的建议仍须答复，总结中只计数。', verbose_name='写入总结公开')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='登记时间')),
                ('answered_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='openday.eventpage', verbose_name='活动')),
                ('registration', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='openday.registration', verbose_name='提出人')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='publishing.unit', verbose_name='承办单位')),
            ],
            options={
                'verbose_name': '建议',
                'verbose_name_plural': '建议',
                'ordering': ['event', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Transition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_state', models.CharField(blank=True, choices=[('pending', '待审核'), ('in_draw', '待抽签'), ('waitlisted', '候补'), ('offered', '待确认'), ('confirmed', '已确认'), ('attended', '已签到'), ('no_show', '未到场'), ('not_selected', '未抽中'), ('rejected', '未通过'), ('lapsed', '逾期未确认'), ('cancelled', '已取消'), ('revoked', '已撤销')], max_length=12, verbose_name='原状态')),
                ('to_state', models.CharField(choices=[('pending', '待审核'), ('in_draw', '待抽签'), ('waitlisted', '候补'), ('offered', '待确认'), ('confirmed', '已确认'), ('attended', '已签到'), ('no_show', '未到场'), ('not_selected', '未抽中'), ('rejected', '未通过'), ('lapsed', '逾期未确认'), ('cancelled', '已取消'), ('revoked', '已撤销')], max_length=12, verbose_name='新状态')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='时间')),
                ('actor', models.CharField(choices=[('person', '本人'), ('staff', '工作人员'), ('system', '系统')], max_length=8, verbose_name='由谁')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='理由')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transitions', to='openday.registration')),
            ],
            options={
                'verbose_name': '状态变化',
                'verbose_name_plural': '状态变化',
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='HearingStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=3000, verbose_name='发言内容')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='本人确认签字日期')),
                ('remark', models.CharField(blank=True, help_text='拒绝签字等情况，写明原因。', max_length=200, verbose_name='备注')),
                ('handed_over_key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('opinion_number', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='意见编号')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='said', to='openday.hearing')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='openday.registration', verbose_name='参加人')),
            ],
            options={
                'verbose_name': '听证发言',
                'verbose_name_plural': '听证发言',
                'ordering': ['pk'],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='statement_says_something')],
            },
        ),
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nonce', models.UUIDField(help_text='由设备生成，补传时不会重复。', unique=True)),
                ('method', models.CharField(choices=[('qr', '扫码'), ('number', '编号'), ('name', '姓名')], max_length=8, verbose_name='方式')),
                ('scanned_at', models.DateTimeField(verbose_name='签到时间')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='收到时间')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='撤销时间')),
                ('undo_reason', models.CharField(blank=True, max_length=200, verbose_name='撤销理由')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_ins', to='openday.registration')),
            ],
            options={
                'verbose_name': '签到',
                'verbose_name_plural': '签到',
                'ordering': ['pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('registration',), name='one_check_in_at_a_time'), models.CheckConstraint(condition=models.Q(('undone_at__isnull', True), models.Q(('undone_by__isnull', False), models.Q(('undo_reason', ''), _negated=True)), _connector='OR'), name='undone_check_in_says_why')],
            },
        ),
        migrations.CreateModel(
            name='ReportVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='版本号')),
                ('figures', models.JSONField(verbose_name='人数')),
                ('suggestions', models.JSONField(default=list, verbose_name='建议')),
                ('published_at', models.DateTimeField(verbose_name='发布时间')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='openday.eventreportpage')),
            ],
            options={
                'verbose_name': '活动总结版本',
                'verbose_name_plural': '活动总结版本',
                'ordering': ['report', 'number'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('report', 'number'), name='report_version_number_unique')],
            },
        ),
        migrations.CreateModel(
            name='DrawRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seed', people.fields.EncryptedTextField(editable=False, verbose_name='种子')),
                ('commitment', models.CharField(editable=False, max_length=64, verbose_name='承诺值')),
                ('committed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='承诺公布时间')),
                ('frozen_at', models.DateTimeField(blank=True, null=True, verbose_name='名单冻结时间')),
                ('entries', models.JSONField(blank=True, default=list, verbose_name='名单')),
                ('list_sha256', models.CharField(blank=True, max_length=64, verbose_name='名单摘要')),
                ('digits', models.CharField(blank=True, max_length=40, verbose_name='见证人掷出的数字')),
                ('witness', models.CharField(blank=True, max_length=80, verbose_name='见证人')),
                ('drawn_at', models.DateTimeField(blank=True, null=True, verbose_name='抽签时间')),
                ('record', models.JSONField(blank=True, null=True, verbose_name='抽签记录')),
                ('drawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('group', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='draw_run', to='openday.seatgroup')),
            ],
            options={
                'verbose_name': '抽签',
                'verbose_name_plural': '抽签',
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('drawn_at__isnull', True), models.Q(('drawn_by__isnull', False), ('frozen_at__isnull', False), ('record__isnull', False), models.Q(('digits', ''), _negated=True), models.Q(('witness', ''), _negated=True)), _connector='OR'), name='drawn_is_complete')],
            },
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['ends_at'], name='session_by_end'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_ends_after_it_starts', violation_error_message='结束时间必须晚于开始时间。'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__gte', 1)), name='session_has_seats', violation_error_message='总名额至少为1。'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('registration_closes_at__gt', models.F('registration_opens_at'))), name='session_closes_after_it_opens', violation_error_message='报名截止必须晚于报名开始。'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('offers_until__gte', models.F('registration_closes_at')), ('offers_until__lte', models.F('starts_at'))), name='session_offers_between_closing_and_start', violation_error_message='递补截止不能早于报名截止，也不能晚于开始时间。'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('cancel_until__lte', models.F('starts_at'))), name='session_cancelling_ends_before_start', violation_error_message='本人取消截止不能晚于开始时间。'),
        ),
        migrations.AddConstraint(
            model_name='seatgroup',
            constraint=models.UniqueConstraint(fields=('session', 'audience'), name='one_group_per_audience', violation_error_message='这一场已经有这个类别的名额组。'),
        ),
        migrations.AddConstraint(
            model_name='seatgroup',
            constraint=models.CheckConstraint(condition=models.Q(('quota__gte', 1)), name='group_has_seats', violation_error_message='最多名额至少为1。'),
        ),
        migrations.AddConstraint(
            model_name='seatgroup',
            constraint=models.CheckConstraint(condition=models.Q(('minimum__lte', models.F('quota'))), name='group_minimum_within_quota', violation_error_message='保留名额不能超过最多名额。'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['session', 'group', 'state'], name='registration_by_state'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(condition=models.Q(('state', 'offered')), fields=['offer_expires_at'], name='registration_offers'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('confirmed', 'offered', 'attended', 'pending', 'in_draw', 'waitlisted')), models.Q(('person_key', ''), _negated=True)), fields=('session', 'person_key', 'household'), name='one_active_registration'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('offer_expires_at__isnull', False), ('state', 'offered')), models.Q(models.Q(('state', 'offered'), _negated=True), ('offer_expires_at__isnull', True)), _connector='OR'), name='offered_has_expiry'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'waitlisted'), _negated=True), ('waiting_since__isnull', False), _connector='OR'), name='waitlisted_since_when'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('origin', 'web'), _negated=True), ('notice__isnull', False), _connector='OR'), name='web_registration_has_consent'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(('ready_at__isnull', True), models.Q(('materials_delivered_on__isnull', False), ('participants_published_at__isnull', False)), _connector='OR'), name='ready_hearing_is_prepared'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.UniqueConstraint(fields=('event', 'number'), name='suggestion_number_unique'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='suggestion_says_something'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('answer', ''), ('answered_at__isnull', False), _connector='OR'), name='answered_suggestion_has_a_time'),
        ),
        migrations.AddConstraint(
            model_name='transition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('actor', 'staff'), _negated=True), ('by__isnull', False), _connector='OR'), name='transition_by_staff_names_them'),
        ),
    ]
