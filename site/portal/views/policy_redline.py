from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.policy_redline import changes_from_draft, compared_policy


def policy_redline(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed from the draft to the policy; ``?all=1`` shows the unchanged too."""
    policy, origin = compared_policy(request, pk)
    context = policy.get_context(request) | changes_from_draft(policy, origin)
    context |= {"draft": origin.draft, "result": origin.result}
    context["show_all"] = request.GET.get("all") == "1"
    response = render(request, "portal/policy_redline.html", context)
    return policy.let_caches_keep(request, response)
