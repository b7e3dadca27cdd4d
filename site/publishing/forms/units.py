from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page, Site

from publishing.models import Unit
from publishing.services.units import column_of


class UnitForm(WagtailAdminModelForm):
    """A unit, and the page on which its groups get their rights."""

    column = forms.ModelChoiceField(
        label=_("栏目"),
        queryset=Page.objects.filter(depth__gt=1),
        widget=AdminPageChooser(),
        required=False,
        help_text=_(
            "本单位人员可在此栏目下编辑和发布页面，编辑提交的由本单位审核人员批准后发布。改选栏目只会增加权限，不收回原有权限。"
        ),
    )

    class Meta:
        model = Unit
        fields = ["name", "site", "phone", "email", "address", "sort_order"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["column"].initial = column_of(unit=self.instance)
        elif Site.objects.count() == 1:
            self.fields["site"].initial = Site.objects.get()
