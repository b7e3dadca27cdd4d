"""主题分类: the scheme of topics, one list for all units, kept by administrators."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from interpretations.models import PolicyTopic


class TopicIndexView(generic.IndexView):
    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.is_export = False


class PolicyTopicViewSet(ModelViewSet):
    """A topic that a policy has can't be deleted; renaming one renames it everywhere."""

    model = PolicyTopic
    name = "policy_topic"
    url_prefix = "policy-topics"
    icon = "tag"
    menu_label = _("政策主题分类")
    add_to_settings_menu = True
    index_view_class = TopicIndexView
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = ["name", "sort_order"]
    list_export: list[str] = []
    list_per_page = 50
