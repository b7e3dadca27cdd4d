from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from wagtail.permissions import policy_registry


class Scoped:
    """A view of one row that only the row's unit may open: generic views ask for the model alone.

    ``instance_permission`` is the action that the unit's policy must grant for the row.
    """

    instance_permission = "change"
    request: Any
    model: Any

    def get_object(self, *args: Any) -> Model:
        found: Model = super().get_object(*args)  # type: ignore[misc] # the view's
        policy = policy_registry.get_by_type(self.model)
        allowed = policy.user_has_permission_for_instance
        if not allowed(self.request.user, self.instance_permission, found):
            raise PermissionDenied
        return found
