"""Photos of flip charts: judged by their content, then drawn anew without hidden data."""

import hashlib
import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from programme.errors import RuleBroken
from programme.rules.uploads import checked, clean_name

KINDS = {"png": ("PNG", "image/png"), "jpg": ("JPEG", "image/jpeg")}
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2400
QUALITY = 85
# How a PNG and a JPG begin; of anything else the photo is the wrong kind, not damaged.
STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
NO_PHOTO = "Bitte wählen Sie ein Foto im Format PNG oder JPG."


@dataclass(frozen=True)
class Photo:
    """A picture that was drawn anew: no place, no camera, no hidden text."""

    name: str
    extension: str
    content_type: str
    content: bytes
    sha256: str

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height in pixels."""
        with Image.open(BytesIO(self.content)) as drawn:
            return drawn.size


def redrawn(*, name: str, content: bytes) -> Photo:
    """Return the picture alone, upright and at most 2,400 pixels a side.

    Refuses (RuleBroken, field photo) what is not a readable PNG or JPG, or has more than 60
    million pixels.
    """
    if content and not content.startswith(STARTS):
        raise RuleBroken(NO_PHOTO, field="photo")
    try:
        kind = checked(name=name, content=content).extension
    except RuleBroken as broken:
        raise RuleBroken(f"{NO_PHOTO} {broken.message}", field="photo") from broken
    if kind not in KINDS:
        raise RuleBroken(NO_PHOTO, field="photo")
    format_name, content_type = KINDS[kind]
    drawn = _drawn(content, format_name)
    return Photo(
        name=clean_name(name, extension=kind),
        extension=kind,
        content_type=content_type,
        content=drawn,
        sha256=hashlib.sha256(drawn).hexdigest(),
    )


def _drawn(content: bytes, format_name: str) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            source = Image.open(BytesIO(content), formats=[format_name])
        if source.width * source.height > MOST_PIXELS:
            raise RuleBroken("Das Foto ist zu groß. Bitte verkleinern Sie es.", field="photo")
        upright = _on_white(ImageOps.exif_transpose(source))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as broken:
        raise RuleBroken(
            "Das Foto ist beschädigt. Bitte wählen Sie es noch einmal aus.", field="photo"
        ) from broken
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # Only the points are taken over; what else the file held stays behind.
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    out = BytesIO()
    clean.save(out, format=format_name, quality=QUALITY, optimize=True)
    return out.getvalue()


def _on_white(source: Image.Image) -> Image.Image:
    """Put what is transparent on white paper; it would turn black otherwise."""
    if not source.has_transparency_data:
        return source.convert("RGB")
    layered = source.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(paper, layered).convert("RGB")
