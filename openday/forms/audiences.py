"""The name of an audience, which stands in the events of all units."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm


class AudienceForm(WagtailAdminModelForm):
    """Once seats are kept for it, in whichever unit, only administrators call it otherwise."""

    def clean_name(self) -> Any:
        name = self.cleaned_data["name"]
        audience = self.instance
        if audience.pk is None or name == self.initial.get("name"):
            return name
        if audience.groups.exists() and not self.for_user.is_superuser:
            raise ValidationError(
                _(
                    "已有活动为这一类留了名额，改名会把各单位活动里的名称一起改掉。"
                    "请另建一个类别；确需改名，请管理员办理。"
                )
            )
        return name
