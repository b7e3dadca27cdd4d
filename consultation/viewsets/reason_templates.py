"""理由模板: words to start a reason from, kept by each unit for itself."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from consultation.access import units_for
from consultation.models import ReasonTemplate
from consultation.viewsets.scoped import Scoped
from publishing.ids import ID


class TemplateIndexView(generic.IndexView):
    """Those of the user's units, and those for all."""

    def get_base_queryset(self) -> QuerySet[ReasonTemplate]:
        policy = policy_registry.get_by_type(ReasonTemplate)
        rows: QuerySet[ReasonTemplate] = policy.instances_user_has_permission_for(
            self.request.user, "view"
        )
        return rows.select_related("unit")

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.is_export = False


class OwnUnits:
    """Only administrators make templates for all units; others choose one of their own."""

    permission_required: str
    request: Any

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)  # type: ignore[misc] # the view's
        permission = f"consultation.{self.permission_required}_reasontemplate"
        unit = form.fields["unit"]
        unit.queryset = units_for(self.request.user, permission)
        if not self.request.user.is_superuser:
            unit.required = True
            unit.help_text = ""
            if unit.queryset.count() == 1:
                unit.initial = unit.queryset.get()
        return form


class TemplateCreateView(OwnUnits, generic.CreateView):
    pass


class TemplateEditView(Scoped, OwnUnits, generic.EditView):
    pass


class TemplateDeleteView(Scoped, generic.DeleteView):
    instance_permission = "delete"


class TemplateHistoryView(Scoped, generic.HistoryView):
    pass


class TemplateUsageView(Scoped, generic.UsageView):
    pass


class ReasonTemplateViewSet(ModelViewSet):
    model = ReasonTemplate
    name = "reason_template"
    url_prefix = "reason-templates"
    pk_path_converter = ID
    icon = "doc-empty"
    menu_label = _("理由模板")
    index_view_class = TemplateIndexView
    add_view_class = TemplateCreateView
    edit_view_class = TemplateEditView
    delete_view_class = TemplateDeleteView
    history_view_class = TemplateHistoryView
    usage_view_class = TemplateUsageView
    copy_view_enabled = False
    inspect_view_enabled = False
    form_fields = ["title", "outcome", "text", "unit"]
    list_display = [
        "title",
        Column("get_outcome_display", label=_("采纳情况")),
        Column("unit", label=_("单位"), accessor=lambda row: row.unit or _("各单位")),
    ]
