from django.utils.translation import gettext_lazy as _

from interpretations.models.document_column import DocumentColumn, column_unit


class PolicyIndexPage(DocumentColumn):
    """The column 政策文件."""

    unit = column_unit(_("填写后，其下的文件默认由该单位负责。"))

    page_description = _("放各单位政策文件的栏目；群众在这里按主题、年份、单位查找。")
    parent_page_types = ["portal.HomePage", "interpretations.PolicyIndexPage"]
    subpage_types = ["interpretations.PolicyIndexPage", "interpretations.PolicyPage"]
    list_view, feed_view = "list_policies", "policy_feed"

    class Meta:
        verbose_name = _("政策文件栏目")
        verbose_name_plural = _("政策文件栏目")
