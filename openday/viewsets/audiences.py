"""代表类别: the list of whom seats are kept for, one for all units."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from openday.forms.audiences import AudienceForm
from openday.models import Audience
from publishing.ids import ID


class AudienceIndexView(generic.IndexView):
    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.is_export = False


class AudienceViewSet(ModelViewSet):
    """Editors add and change, but don't rename what is in use; only administrators delete, and
    only what no group uses."""

    model = Audience
    name = "audience"
    url_prefix = "audiences"
    pk_path_converter = ID
    icon = "tag"
    menu_label = _("代表类别")
    index_view_class = AudienceIndexView
    copy_view_enabled = False
    inspect_view_enabled = False
    edit_handler = ObjectList(Audience.panels, base_form_class=AudienceForm)
    list_display = ["name", "note", "sort_order"]
    list_export: list[str] = []
