import shutil
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages

from portal.doctor.finding import Finding, fine, missing, note

_LITTLE = 2 * 1024**3
_ROOMS = {"default": "公开文件", "private": "公众上传的材料"}


def examine_storage() -> list[Finding]:
    """Whether files can be kept, where they lie, and how much room is left."""
    return [_try(alias, subject) for alias, subject in _ROOMS.items()] + _apart() + _space()


def _try(alias: str, subject: str) -> Finding:
    """Writes, reads and removes a small file."""
    room = storages[alias]
    try:
        name = room.save(f"doctor-{uuid4().hex}.txt", ContentFile(b"doctor"))
        with room.open(name) as kept:
            whole = kept.read() == b"doctor"
        room.delete(name)
    except Exception as error:
        kind = type(error).__name__
        return missing(subject, f"不能读写（{kind}）。请检查文件夹的权限或对象存储的设置。")
    if not whole:
        return missing(subject, "读出的内容与写入的不同。请检查存储。")
    return fine(subject, "可以读写。")


def _folders() -> dict[str, Path]:
    """The rooms that are folders on this machine."""
    rooms = {subject: storages[alias] for alias, subject in _ROOMS.items()}
    return {
        subject: Path(room.location).resolve()
        for subject, room in rooms.items()
        if isinstance(room, FileSystemStorage)
    }


def _apart() -> list[Finding]:
    """Private files must not lie where the web server serves files from."""
    private = _folders().get(_ROOMS["private"])
    served = [
        Path(str(folder)).resolve()
        for folder in (settings.MEDIA_ROOT, settings.STATIC_ROOT)
        if folder
    ]
    if private and any(private.is_relative_to(folder) for folder in served):
        return [missing(_ROOMS["private"], "在对外提供的文件夹之内，任何人都能取得。请移到外面。")]
    return []


def _space() -> list[Finding]:
    """The free room under each folder."""
    found = []
    for subject, folder in _folders().items():
        if not folder.exists():
            continue
        free = shutil.disk_usage(folder).free
        amount = f"剩余 {free / 1024**3:.1f} GB"
        if free < _LITTLE:
            found.append(note(subject, f"{amount}，快要放不下新文件了。请清理或扩容。"))
        else:
            found.append(fine(subject, f"{amount}。"))
    return found
