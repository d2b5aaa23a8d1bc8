"""Opens an XML file of unknown origin: nothing is resolved, fetched, or allowed to grow."""

from typing import Any

from lxml import etree

from programme.errors import RuleBroken
from programme.rules.uploads import checked

MAX_BYTES = 10 * 1024 * 1024
# Each tag and each attribute costs about 200 bytes of memory, however short it is.
MAX_TAGS = 300_000
MAX_ATTRIBUTES = 200_000


def root_of(content: bytes, *, name: str) -> Any:
    """Return the root of an XML file.

    Refuses (RuleBroken) what the upload check refuses, among it every document type with its
    entities, and what is larger, deeper or has more parts than an invoice.
    """
    checked(name=name, content=content)
    if (
        len(content) > MAX_BYTES
        or content.count(b"<") > MAX_TAGS
        or content.count(b"=") > MAX_ATTRIBUTES
    ):
        raise RuleBroken(f"Die E-Rechnung „{name}“ ist zu groß zum Einlesen.")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise RuleBroken(f"Die E-Rechnung „{name}“ ist nicht lesbar aufgebaut.") from None
