from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A member of staff. Citizens have no accounts (rules.md, "What shapes the design", 4)."""

    class Meta(AbstractUser.Meta):
        pass

    def __str__(self) -> str:
        """As staff are named everywhere; the login name stands in for a name not filled in."""
        return self.get_full_name() or self.get_username()

    def get_full_name(self) -> str:
        """Family name first and no space, as Chinese names are written."""
        return f"{self.last_name}{self.first_name}".strip()
