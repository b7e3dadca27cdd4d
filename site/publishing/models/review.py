"""Review before publication (rules R1, R2): which pages need it, its tasks, what was decided."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from publishing.enums import FindOutcome, PrivacyLevel, ReviewKind, SecrecyLevel
from publishing.gates import ActionRefused
from publishing.review import guarding
from publishing.review.digest import digest
from publishing.review.task_forms import ApprovalForm, PrivacyApprovalForm, SecrecyApprovalForm


class ReviewRule(models.Model):
    """What one site asks before its pages are public. No row: no sign-off, but a search."""

    site = models.OneToOneField(
        "wagtailcore.Site", verbose_name=_("站点"), on_delete=models.CASCADE, related_name="+"
    )
    page_types = models.JSONField(
        _("发布前须经审查的内容"),
        default=list,
        blank=True,
        help_text=_("所选类别的页面，须先后通过个人信息审查和保密审查才能发布。"),
    )
    search_personal_data = models.BooleanField(
        _("发布前查找个人信息"),
        default=True,
        help_text=_(
            "在文字和附件中查找身份证号、手机号、银行卡号、家庭住址；"
            "查到的要先遮盖，或写明保留的理由，才能发布。"
        ),
    )

    class Meta:
        verbose_name = _("发布前审查")
        verbose_name_plural = _("发布前审查")

    def __str__(self) -> str:
        return str(self.site)

    @classmethod
    def for_page(cls, page: Any) -> "ReviewRule":
        """The rule of the page's site; where none was written, the one that holds by itself."""
        site = page.get_site()
        if site is None and (parent := page.get_parent()):
            # A page that is just being made has no address yet.
            site = parent.get_site()
        found = cls.objects.filter(site=site).first() if site else None
        return found or cls(site=site)

    def asks_review(self, page: Any) -> bool:
        """Whether the page needs both sign-offs."""
        return page._meta.label in self.page_types


class ReviewTaskState(TaskState):
    """One look at one content: what was concluded, and exactly of what."""

    level = models.CharField(_("审查结论"), max_length=12, blank=True)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    levels: ClassVar[type[models.TextChoices]]

    class Meta:
        abstract = True

    def approve(
        self,
        user: Any = None,
        update: bool = True,
        comment: str = "",
        level: str = "",
        basis: str = "",
    ) -> Any:
        """As Wagtail's, with the conclusion and its basis.

        Raises:
            ActionRefused: no conclusion, or this person may not, or not this content; asked here
                as well because programs call no task.
        """
        if level not in self.levels.values:
            raise ActionRefused("请选择审查结论。")
        if obstacle := guarding.obstacle_to_approval(self, user):
            raise ActionRefused(obstacle)
        self.level, self.basis = level, basis
        return super().approve(user=user, update=update, comment=comment)

    def get_level_display(self) -> str:
        return str(dict(self.levels.choices).get(self.level, self.level))

    def get_comment(self) -> str:
        """What the history says: conclusion, basis, remarks."""
        basis = f"依据：{self.basis}" if self.basis else ""
        return "；".join(filter(None, [self.get_level_display(), basis, self.comment]))


class SecrecyTaskState(ReviewTaskState):
    levels = SecrecyLevel

    class Meta:
        verbose_name = _("保密审查情况")
        verbose_name_plural = _("保密审查情况")


class PrivacyTaskState(ReviewTaskState):
    levels = PrivacyLevel

    class Meta:
        verbose_name = _("个人信息审查情况")
        verbose_name_plural = _("个人信息审查情况")


class ReviewTask(AbstractGroupApprovalTask):
    """A look by somebody of the groups who didn't write the page, with a conclusion."""

    kind: ClassVar[ReviewKind]
    approval_form: ClassVar[type[ApprovalForm]]

    class Meta:
        abstract = True

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        """As Wagtail's; what the reviewer is asked about is fixed."""
        state = super().start(workflow_state, user=user)
        state.digest = digest(state.revision.as_object())
        state.save(update_fields=["digest"])
        return state

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        if not (user.is_superuser or self._user_in_groups(user)):
            return []
        return [
            ("reject", "退回修改", True),
            ("approve", f"通过{self.kind.label}", True),
        ]

    def get_form_for_action(self, action: str) -> Any:
        return self.approval_form if action == "approve" else super().get_form_for_action(action)

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """As Wagtail's, after asking whether this person may approve, and this content.

        Raises:
            ActionRefused: he may not, the content has changed, a find is open, or the form, which
                the editor sends on unchecked, is not whole.
        """
        if elsewhere := guarding.obstacle_to_step(task_state.workflow_state.content_object):
            raise ActionRefused(elsewhere)
        if action_name != "approve":
            return super().on_action(task_state, user, action_name, **kwargs)
        obstacle = guarding.obstacle_to_approval(task_state, user)
        if obstacle:
            guarding.ask_anew(task_state, user)
            raise ActionRefused(obstacle)
        form = self.approval_form(kwargs)
        if not form.is_valid():
            raise ActionRefused("；".join(form.messages()))
        return super().on_action(task_state, user, action_name, **form.cleaned_data)

    @classmethod
    def get_description(cls) -> str:
        return "由所选工作组中没有参与编辑和送审的人审查。"


class SecrecyTask(ReviewTask):
    """保密审查."""

    kind = ReviewKind.SECRECY
    task_state_class = SecrecyTaskState
    approval_form = SecrecyApprovalForm

    class Meta:
        verbose_name = _("保密审查")
        verbose_name_plural = _("保密审查")


class PrivacyTask(ReviewTask):
    """个人信息审查: not to be passed while a find is open."""

    kind = ReviewKind.PRIVACY
    task_state_class = PrivacyTaskState
    approval_form = PrivacyApprovalForm

    class Meta:
        verbose_name = _("个人信息审查")
        verbose_name_plural = _("个人信息审查")


class FindDecision(models.Model):
    """What was decided of a find, known again by page, field and a keyed hash: the number itself
    is never written down. Rows are added, never changed."""

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="find_decisions"
    )
    field = models.CharField(_("位置"), max_length=80)
    key = models.CharField(max_length=64)
    label = models.CharField(_("类别"), max_length=20)
    masked = models.CharField(_("遮盖后"), max_length=120, blank=True)
    outcome = models.CharField(_("处理"), max_length=8, choices=FindOutcome.choices)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("时间"), auto_now_add=True)
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Of the content that masking made: so far nobody has written into it.
    digest = models.CharField(max_length=64, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("个人信息处理记录")
        verbose_name_plural = _("个人信息处理记录")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["page", "field", "key"],
                condition=models.Q(outcome=FindOutcome.KEPT),
                name="find_kept_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome=FindOutcome.KEPT) | ~models.Q(reason=""),
                name="find_kept_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.get_outcome_display()}"
