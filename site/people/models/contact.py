from django.db import models
from django.utils.translation import gettext_lazy as _

from people.enums import ContactKind
from people.fields import EncryptedTextField
from people.masking import mask_email, mask_name, mask_phone
from people.phones import display_phone, mobile_digits


class Contact(models.Model):
    """How a person can be told something. Encrypted, seen masked, purged after a time (rule G5).

    What the person said refers to it and outlives it: purging empties the row, never deletes it.
    """

    wagtail_reference_index_ignore = True

    kind = models.CharField(
        _("身份"), max_length=16, choices=ContactKind, default=ContactKind.INDIVIDUAL
    )
    name = EncryptedTextField(_("姓名或单位名称"), blank=True, default="")
    phone = EncryptedTextField(_("联系电话"), blank=True, default="")
    email = EncryptedTextField(_("电子邮箱"), blank=True, default="")
    address = EncryptedTextField(_("村（社区）或地址"), blank=True, default="")
    person_key = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    purge_after = models.DateField(_("保存至"), null=True, blank=True, db_index=True)
    purged_at = models.DateTimeField(_("清除时间"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("联系方式")
        verbose_name_plural = _("联系方式")
        default_permissions = ()
        # Wagtail cuts the model's name off the end of a label.
        permissions = [("reveal_contact", _("可查看完整的姓名、电话和地址"))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(purged_at=None) | models.Q(person_key=""),
                name="contact_purged_has_no_person_key",
            )
        ]

    def __str__(self) -> str:
        """Without personal data: it goes into logs and the audit trail."""
        return f"联系方式 {self.pk}"

    @property
    def masked_name(self) -> str:
        """朱**; 匿名 for none."""
        return mask_name(self.name, organisation=self.kind == ContactKind.ORGANISATION)

    @property
    def masked_phone(self) -> str:
        """138****1234; empty for none."""
        return mask_phone(self.phone)

    @property
    def shown_phone(self) -> str:
        """The number in full as people read it, for who may see it; empty for none."""
        return display_phone(self.phone)

    @property
    def mobile(self) -> str:
        """The eleven digits that a short message goes to; empty for landlines, and for none."""
        return mobile_digits(self.phone)

    @property
    def masked_email(self) -> str:
        """z***@example.com; empty for none."""
        return mask_email(self.email)

    @property
    def can_be_reached(self) -> bool:
        """Whether any way to tell the person something is left."""
        return bool(self.phone or self.email)
