"""QR codes as drawings that stand in pages and PDFs alike."""

from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe


def svg(text: str, *, title: str = "QR-Code") -> SafeString:
    """Return the code of a text as SVG that scales; dark on light in every colour scheme."""
    written = BytesIO()
    segno.make(text, error="m", micro=False).save(
        written,
        kind="svg",
        xmldecl=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        title=title,
        dark="#000",
        light="#fff",
        border=4,
    )
    return mark_safe(written.getvalue().decode())  # noqa: S308  segno escapes the title
