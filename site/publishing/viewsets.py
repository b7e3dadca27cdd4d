"""What administrators keep: the units and the working days."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from publishing.forms.review import ReviewRuleForm
from publishing.forms.units import UnitForm
from publishing.ids import ID
from publishing.models import HolidayDay, ReviewRule, Unit
from publishing.services import equip_unit
from publishing.services.units import apply_review_rule


class EquipsUnit:
    """Saving the form gives the unit its groups and their rights."""

    form: Any

    def save_instance(self) -> Unit:
        unit: Unit = super().save_instance()  # type: ignore[misc] # the view's
        return equip_unit(unit=unit, column=self.form.cleaned_data["column"])


class UnitCreateView(EquipsUnit, generic.CreateView):
    pass


class UnitEditView(EquipsUnit, generic.EditView):
    pass


class UnitViewSet(ModelViewSet):
    """单位: creating one makes its groups; people are put into them in Wagtail's users."""

    model = Unit
    pk_path_converter = ID
    icon = "group"
    menu_label = _("单位")
    add_view_class = UnitCreateView
    edit_view_class = UnitEditView
    copy_view_enabled = False
    list_display = [
        "name",
        Column("site", label=_("所属站点")),
        Column("phone", label=_("办公电话")),
    ]
    search_fields = ["name"]
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type[UnitForm]:
        return UnitForm


class HolidayDayViewSet(ModelViewSet):
    """节假日安排: the next year's days are added when the State Council's notice appears."""

    model = HolidayDay
    pk_path_converter = ID
    icon = "calendar"
    menu_label = _("节假日安排")
    form_fields = ["date", "name", "kind"]
    copy_view_enabled = False
    list_display = ["date", "name", Column("get_kind_display", label=_("安排"))]
    list_filter = ["kind"]
    list_per_page = 50
    ordering = "-date"


class AppliesRule:
    """Saving the form puts the reviews into the units' workflows."""

    def save_instance(self) -> ReviewRule:
        rule: ReviewRule = super().save_instance()  # type: ignore[misc] # the view's
        apply_review_rule(site=rule.site)
        return rule


class RuleCreateView(AppliesRule, generic.CreateView):
    pass


class RuleEditView(AppliesRule, generic.EditView):
    pass


class ReviewRuleViewSet(ModelViewSet):
    """发布前审查: one row for each site that asks for more than the search."""

    model = ReviewRule
    icon = "check"
    menu_label = _("发布前审查")
    name = "review_rule"
    pk_path_converter = ID
    add_view_class = RuleCreateView
    edit_view_class = RuleEditView
    copy_view_enabled = False
    list_display = ["site", BooleanColumn("search_personal_data", label=_("发布前查找个人信息"))]

    def get_form_class(self, for_update: bool = False) -> type[ReviewRuleForm]:
        return ReviewRuleForm


class HouseViewSetGroup(ModelViewSetGroup):
    """The menu entry of both."""

    items = (UnitViewSet, HolidayDayViewSet, ReviewRuleViewSet)
    menu_label = _("单位与工作日")
    menu_icon = "group"
    menu_order = 650
