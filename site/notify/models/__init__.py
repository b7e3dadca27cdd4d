from notify.models.message import TO_PHONE, Message, MessageQuerySet

__all__ = ["TO_PHONE", "Message", "MessageQuerySet"]
