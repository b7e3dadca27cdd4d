"""The fixed lists of videos and their captions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VideoState(models.TextChoices):
    """How far a video has come on its way from the upload to the public."""

    UPLOADED = "uploaded", _("等待处理")
    PROBING = "probing", _("正在检查")
    TRANSCODING = "transcoding", _("正在转码")
    READY = "ready", _("可以使用")
    FAILED = "failed", _("失败")


IN_WORK = (VideoState.PROBING, VideoState.TRANSCODING)
"""A worker has the video, and a lease on it that runs out."""


class CaptionLanguage(models.TextChoices):
    """BCP 47 names, as browsers read them in ``srclang``."""

    CHINESE = "zh-Hans", _("中文")
    TIBETAN = "bo", _("藏文")
    UYGHUR = "ug", _("维吾尔文")
    MONGOLIAN = "mn", _("蒙古文")
    KOREAN = "ko", _("朝鲜文")
    ZHUANG = "za", _("壮文")
    YI = "ii", _("彝文")
    ENGLISH = "en", _("英文")
