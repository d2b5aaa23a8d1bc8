"""Small pictures for tests."""

from io import BytesIO

from PIL import Image, PngImagePlugin

from publications.services import pictures
from publications.services.pictures import Words
from sites.rules.photos import redrawn

ALT = "Ein Wartebereich mit acht Stühlen und einem Aufrufsystem an der Wand."
WORDS = Words(alt=ALT, caption="Der neue Wartebereich in Gießen", credit="Käthe Strauß")


def png(colour: str = "#123456") -> bytes:
    """Make a picture of 40 by 30 pixels that hides a remark."""
    hidden = PngImagePlugin.PngInfo()
    hidden.add_text("Comment", "geheim")
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, format="PNG", pnginfo=hidden)
    return out.getvalue()


def photo(colour: str = "#123456"):
    """Make a picture as the form hands it over."""
    return redrawn(name="wartebereich.png", content=png(colour))


def with_picture(report, by, *, words=WORDS, chapter=None):
    """Put a picture into the report; return its block."""
    found = chapter or report.chapters.get(anchor="hintergrund")
    return pictures.add(chapter=found, photo=photo(), words=words, by=by)
