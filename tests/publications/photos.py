"""Small pictures for tests."""

import os
from hashlib import sha256
from io import BytesIO

from PIL import Image, PngImagePlugin

from publications.services import pictures
from publications.services.pictures import Words
from sites.rules.photos import redrawn

ALT = "Ein Wartebereich mit acht Stühlen und einem Aufrufsystem an der Wand."
WORDS = Words(alt=ALT, caption="Der neue Wartebereich in Gießen", credit="Käthe Strauß")


def _own_colour() -> str:
    """Give each test a colour: files are named after their content, so no two tests share one."""
    test = os.environ["PYTEST_CURRENT_TEST"].rpartition(" ")[0]
    return f"#{sha256(test.encode()).hexdigest()[:6]}"


def png(colour: str = "") -> bytes:
    """Make a picture of 40 by 30 pixels that hides a remark."""
    hidden = PngImagePlugin.PngInfo()
    hidden.add_text("Comment", "geheim")
    out = BytesIO()
    Image.new("RGB", (40, 30), colour or _own_colour()).save(out, format="PNG", pnginfo=hidden)
    return out.getvalue()


def photo(colour: str = ""):
    """Make a picture as the form hands it over."""
    return redrawn(name="wartebereich.png", content=png(colour))


def with_picture(report, by, *, words=WORDS, chapter=None):
    """Put a picture into the report; return its block."""
    found = chapter or report.chapters.get(anchor="hintergrund")
    return pictures.add(chapter=found, photo=photo(), words=words, by=by)
