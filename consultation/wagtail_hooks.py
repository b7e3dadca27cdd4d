from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from consultation import log_actions


@hooks.register("register_log_actions")
def audit_trail(actions: LogActionRegistry) -> None:
    log_actions.register(actions)
