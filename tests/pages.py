"""What browsers send and what people read."""

import re
from html import unescape
from typing import Any
from uuid import uuid4

from django.http import HttpResponse, HttpResponseBase


def text(response: HttpResponse) -> str:
    """Return a page with every run of white space as one blank."""
    return re.sub(r"\s+", " ", response.content.decode())


def keyed(data: dict[str, Any] | None = None, /, **more: Any) -> dict[str, Any]:
    """Return what a form sends, with the key that makes it count once."""
    return {**(data or {}), **more, "form_key": str(uuid4())}


def put_away(response: HttpResponseBase) -> None:
    """Close the file an answer would have sent; the database stays open."""
    for close in response._resource_closers:  # type: ignore[attr-defined]
        close()


def summary_of(page: str) -> list[str]:
    """Return the lines of the error summary of a page as people read them."""
    listed = re.search(r'<ul class="error-summary__list">(.*?)</ul>', page, re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", listed[1] if listed else "", re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", line)).strip() for line in lines]
