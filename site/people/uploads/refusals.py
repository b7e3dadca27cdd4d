from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class FileRefused(ValidationError):
    """A file that is not taken in; the message says why and what to do instead."""


class UnknownType(FileRefused):
    """Neither a picture, a PDF nor a Word file, whatever its name says."""

    def __init__(self) -> None:
        super().__init__(_("只接受 JPG、PNG、WebP 图片、PDF 和 Word（.docx）文件。"), code="type")


class HeicRefused(FileRefused):
    """A picture in the format of some phones, whose decoder isn't trusted with strangers' files."""

    def __init__(self) -> None:
        super().__init__(_("暂不支持 HEIC 图片，请在手机中另存为 JPG，或截屏后上传。"), code="heic")


class Empty(FileRefused):
    """No bytes at all."""

    def __init__(self) -> None:
        super().__init__(_("文件是空的，请重新选择。"), code="empty")


class TooLarge(FileRefused):
    """More bytes than a file may have."""

    def __init__(self, megabytes: int) -> None:
        super().__init__(
            _("文件超过 %(megabytes)s MB，请压缩后再上传。"),
            code="size",
            params={"megabytes": megabytes},
        )


class TooManyPixels(FileRefused):
    """A picture that would fill the memory."""

    def __init__(self, megapixels: int) -> None:
        super().__init__(
            _("图片超过 %(megapixels)s 百万像素，请缩小后再上传。"),
            code="pixels",
            params={"megapixels": megapixels},
        )


class Broken(FileRefused):
    """A file of a known type that can't be read."""

    def __init__(self) -> None:
        super().__init__(_("文件已损坏，无法读取，请重新导出后再上传。"), code="broken")


class TooComplex(FileRefused):
    """Reading it takes too long, or it unpacks to too much."""

    def __init__(self) -> None:
        super().__init__(_("文件内容过于复杂或解压后过大，请拆分或精简后再上传。"), code="complex")


class Protected(FileRefused):
    """Encrypted, so that nobody could check or read it."""

    def __init__(self) -> None:
        super().__init__(_("文件设有密码，请取消密码后再上传。"), code="protected")


class Layered(FileRefused):
    """Packed in more layers than are read, or in one that isn't known: nobody could look below."""

    def __init__(self) -> None:
        super().__init__(
            _("文件被多层压缩或用了无法识别的编码，无法检查，请重新导出（或打印为 PDF）后再上传。"),
            code="layered",
        )


class Active(FileRefused):
    """Holds scripts, macros, embedded files or links that load by themselves."""

    def __init__(self) -> None:
        super().__init__(
            _("文件中含有脚本、宏、嵌入对象或自动链接，请另存为普通文件（或打印为 PDF）后再上传。"),
            code="active",
        )


class NotKept(FileRefused):
    """The server has no room for it at the moment."""

    def __init__(self) -> None:
        super().__init__(
            _("服务器暂时存不下这个文件。请先不带附件提交，文件可以改用其他途径送交。"),
            code="not_kept",
        )
