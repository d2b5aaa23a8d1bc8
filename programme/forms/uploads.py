"""A field for any number of files, each checked by its content."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from programme.errors import RuleBroken
from programme.rules.uploads import CheckedFile, checked, too_large


@dataclass(frozen=True)
class Upload:
    """A file of a form and what the check says about it."""

    checked: CheckedFile
    content: UploadedFile[bytes]


class FilesInput(forms.FileInput):
    """A file input that lets people choose several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile[bytes]]:
        """Return all files under the name, not only the last."""
        return files.getlist(name) if isinstance(files, MultiValueDict) else files.get(name) or []


class FilesField(forms.Field):
    """Checks every file and returns a list of `Upload`; all refused files are named at once."""

    widget = FilesInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.xml"})

    def __init__(self, *, check: Callable[..., CheckedFile] = checked, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.check = check

    def clean(self, value: Any) -> list[Upload]:
        """Return the checked files; the same content twice comes in once."""
        uploads, refused = self.judged(value)
        if refused:
            raise ValidationError(refused)
        if self.required and not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        return uploads

    def judged(self, value: Any) -> tuple[list[Upload], list[str]]:
        """Return the files that may come in, and what the check says about all others."""
        uploads: dict[str, Upload] = {}
        refused: list[str] = []
        for file in value or []:
            try:
                found = self._checked(file)
                uploads.setdefault(found.sha256, Upload(found, file))
            except RuleBroken as broken:
                refused.append(broken.message)
        return list(uploads.values()), refused

    def _checked(self, file: UploadedFile[bytes]) -> CheckedFile:
        name = file.name or ""
        too_large(name=name, size_bytes=file.size or 0, limit_bytes=settings.UPLOAD_MAX_BYTES)
        return self.check(name=name, content=file.read())


class SortedFilesField(FilesField):
    """Returns good files together with the reasons against bad ones, so that good ones stay."""

    def clean(self, value: Any) -> Any:
        """Return the pair of `judged`; the form says the reasons."""
        return self.judged(value)


class OneFileInput(FilesInput):
    """A file input that offers one file; what comes in is still counted."""

    allow_multiple_selected = False


class OneFileField(FilesField):
    """A field for a single file; returns an `Upload`, or None if there need not be one."""

    widget = OneFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.xml"})

    def clean(self, value: Any) -> Any:
        """Return the checked file."""
        uploads = super().clean(value)
        if len(uploads) > 1:
            raise ValidationError("Bitte wählen Sie nur eine Datei aus.")
        return uploads[0] if uploads else None
