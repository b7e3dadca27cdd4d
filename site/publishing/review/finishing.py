"""What follows when the last task of a workflow is approved.

Named in ``WAGTAIL_FINISH_WORKFLOW_ACTION`` and loaded while Wagtail's models are: nothing that
has models may be imported here.
"""

from typing import Any

from wagtail import hooks


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish the revision that was approved, not whatever is the latest by now.

    The reviewer needs no right to publish: the unit's administrator put him into the workflow.
    Who publishes pages in his own way (several together) registers ``before_publish_approved``:
    a function of page, revision and user that returns True where it takes the matter over.
    """
    content = workflow_state.content_object
    page = getattr(content, "specific", content)
    revision = workflow_state.current_task_state.revision
    for take_over in hooks.get_hooks("before_publish_approved"):
        if take_over(page, revision, user):
            return
    page.publish(revision, user=user, skip_permission_checks=True)
