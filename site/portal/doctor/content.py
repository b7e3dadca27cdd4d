from django.conf import settings
from django.http.request import validate_host
from django.utils import timezone
from wagtail.models import Site

from people.encrypted import unreadable_models
from people.models import PrivacyNotice
from portal.doctor.finding import Finding, fine, missing, note
from portal.models import HomePage
from publishing.holidays import current_calendar
from publishing.models import SiteProfile, Unit, User

_NEXT_YEARS_NOTICE = 12


def examine_content() -> list[Finding]:
    """What staff enter and the public pages rest on."""
    return [_encrypted(), *_sites(), _privacy(), _units(), _administrators(), *_holidays()]


def _encrypted() -> Finding:
    """Whether the keys open what is stored: by their strength alone a wrong key looks right."""
    closed = unreadable_models()
    if closed:
        names = "、".join(str(model._meta.verbose_name) for model in closed)
        mend = "请把加密时用的旧密钥加回 PEOPLE_KEYS（放在新密钥后面，用逗号隔开），然后重启。"
        return missing("已存数据", f"现有的 PEOPLE_KEYS 无法解密：{names}。{mend}")
    return fine("已存数据", "现有的 PEOPLE_KEYS 能解密已存的联系方式和查询码。")


def _sites() -> list[Finding]:
    found = []
    for site in Site.objects.select_related("root_page"):
        subject = f"站点 {site.hostname}"
        if not isinstance(site.root_page.specific, HomePage):
            found.append(
                missing(subject, "还没有首页。请在后台新建“首页”，并在“设置—站点”中选为根页面。")
            )
        found += _address(site)
        unset = SiteProfile.for_site(site).unset_fields()
        if unset:
            found.append(
                note(subject, f"页脚和网页标签还缺：{'、'.join(unset)}。请在“设置”中补上。")
            )
        else:
            found.append(fine(subject, "页脚和网页标签所需的信息齐全。"))
    return found or [missing("站点", "一个也没有。请在后台“设置—站点”中新建。")]


def _address(site: Site) -> list[Finding]:
    """Whether links to the site begin as they must: sitemap, feed, posters and mails hold them.

    Wagtail writes https for port 443 alone.
    """
    base = settings.WAGTAILADMIN_BASE_URL
    if not base.startswith("https://"):
        return []
    subject, place = f"站点 {site.hostname}", "请在后台“设置—站点”中改正。"
    if not site.root_url.startswith("https://"):
        shown = f"网站地图和订阅里的网址是 {site.root_url}，不是 https：端口须为 443。{place}"
        return [missing(subject, shown)]
    if not validate_host(site.hostname, settings.ALLOWED_HOSTS):
        return [missing(subject, f"域名不在 ALLOWED_HOSTS 之中，访问会被拒绝。{place}")]
    if site.is_default_site and site.root_url != base.rstrip("/"):
        shown = f"缺省站点的网址 {site.root_url} 与 BASE_URL（{base}）不同。{place}"
        return [missing(subject, shown)]
    return []


def _privacy() -> Finding:
    notice = PrivacyNotice.objects.current()
    if notice is None:
        return missing("隐私声明", "没有生效的版本，公众不能提交意见。请在后台新增。")
    return fine("隐私声明", f"第 {notice.version} 版生效。")


def _units() -> Finding:
    count = Unit.objects.count()
    if not count:
        return missing("单位", "一个也没有，不能发布征求意见。请在后台新增。")
    return fine("单位", f"{count} 个。")


def _administrators() -> Finding:
    if not User.objects.filter(is_active=True, is_superuser=True).exists():
        return missing("管理员", "没有。请运行 manage.py createsuperuser。")
    return fine("管理员", "有。")


def _holidays() -> list[Finding]:
    """This year's table is needed now; next year's appears in its predecessor's last months."""
    years = current_calendar().years
    today = timezone.localdate()
    found = []
    if today.year not in years:
        found.append(
            note("节假日", f"没有 {today.year} 年的安排，工作日只按周末计算。请在后台补录。")
        )
    if today.month == _NEXT_YEARS_NOTICE and today.year + 1 not in years:
        found.append(
            note("节假日", f"还没有 {today.year + 1} 年的安排，请按国务院办公厅通知补录。")
        )
    return found or [fine("节假日", f"已有 {years[0]} 至 {years[-1]} 年的安排。")]
