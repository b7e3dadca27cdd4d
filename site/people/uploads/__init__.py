"""Files that citizens hand in: checked, cleaned, or refused with a reason."""

from people.uploads.checking import CheckedFile, check_file
from people.uploads.field import CheckedFileField
from people.uploads.refusals import FileRefused

__all__ = ["CheckedFile", "CheckedFileField", "FileRefused", "check_file"]
