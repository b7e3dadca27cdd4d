from notify.models.message import TO_PHONE, UNTOLD, Message, MessageQuerySet

__all__ = ["TO_PHONE", "UNTOLD", "Message", "MessageQuerySet"]
