from wagtail import hooks

from interpretations.viewsets.topics import PolicyTopicViewSet


@hooks.register("register_admin_viewset")
def topic_viewset() -> PolicyTopicViewSet:
    return PolicyTopicViewSet()
