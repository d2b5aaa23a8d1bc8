"""A long PDF in parts: each is set by itself, written at once and forgotten.

The parts become one file with one tree of pages, one structure tree (so it stays PDF/UA) and one
list of bookmarks. Only numbers and offsets of what is written stay in memory.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

import pydyf  # type: ignore[import-untyped]

# Text in brackets may look like a reference and is none; "<<" begins a dictionary.
_TEXT_OR_REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|(?<![0-9])([0-9]+) 0 R\b", re.DOTALL)
_PAGES, _ROOT, _DOCUMENT, _PARENTS, _OUTLINES, _CATALOG = range(1, 7)
_OWN = {"Pages", "StructTreeRoot", "Outlines"}
_WIDTHS = (1, 5, 3)


@dataclass
class _Bookmark:
    title: bytes
    target: bytes
    below: list["_Bookmark"] = field(default_factory=list)
    number: int = 0


class Volume:
    """A PDF on disk that grows by one part after another."""

    def __init__(self, output: IO[bytes]) -> None:
        self.output = output
        self.pages = 0
        self._checksum = hashlib.sha256()
        self._position = 0
        self._entries = bytearray()
        self._kids: list[bytes] = []
        self._elements: list[bytes] = []
        self._parents: list[bytes] = []
        self._next_parent = 0
        self._bookmarks: list[_Bookmark] = []
        self._catalog = b""
        for _ in range(_CATALOG + 1):
            self._reserve()
        self._write(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")

    def add(self, pdf: pydyf.PDF) -> None:
        """Write the objects of a part under numbers of their own; it must have no anchors."""
        if "Names" in pdf.catalog:
            raise ValueError("a part of a volume has no anchors")
        root = _object(pdf, pdf.catalog["StructTreeRoot"])
        document, parents = _object(pdf, root["K"][0]), _object(pdf, root["ParentTree"])
        own = [pdf.objects[0], pdf.pages, pdf.catalog, root, document, parents]
        bookmarks = _tree(pdf, pdf.catalog, own)
        if self._catalog:
            own.append(_object(pdf, pdf.catalog["Metadata"]))
        left_out = {each.number for each in own}
        numbers = {
            each.number: self._reserve() for each in pdf.objects if each.number not in left_out
        }
        numbers |= {pdf.pages.number: _PAGES, root.number: _ROOT, document.number: _DOCUMENT}
        renumbered = _renumbering(numbers)
        self._take_catalog(pdf, renumbered)
        self._take_parents(pdf, parents, renumbered)
        kept = [each for each in pdf.objects if each.number not in left_out]
        small = {numbers[each.number]: renumbered(each.data) for each in kept if each.compressible}
        for each in kept:
            if not each.compressible:
                self._write_stream(numbers[each.number], each, renumbered)
        self._write_packed(small)
        self.pages += len(pdf.page_references)
        self._kids += [renumbered(each) for each in pdf.page_references]
        self._elements += [renumbered(each) for each in document["K"]]
        self._join(bookmarks, renumbered)

    def finish(self, *, identifier: str) -> None:
        """Write what holds the parts together, and the table of all objects."""
        kids, elements = b" ".join(self._kids), b" ".join(self._elements)
        first, last = self._number(self._bookmarks), len(self._bookmarks) - 1
        last_number = self._bookmarks[last].number if self._bookmarks else 0
        objects = {
            _PAGES: b"<</Type /Pages/Count %d/Kids [%s]>>" % (self.pages, kids),
            _ROOT: b"<</Type /StructTreeRoot/K [%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d>>"
            % (_DOCUMENT, _PARENTS, self._next_parent),
            _DOCUMENT: b"<</Type /StructElem/S /Document/P %d 0 R/K [%s]>>" % (_ROOT, elements),
            _PARENTS: b"<</Nums [%s]>>" % b" ".join(self._parents),
            _OUTLINES: b"<</Type /Outlines/Count %d/First %d 0 R/Last %d 0 R>>"
            % (_amount(self._bookmarks), first, last_number),
            _CATALOG: b"<<%s/Pages %d 0 R/StructTreeRoot %d 0 R/Outlines %d 0 R>>"
            % (self._catalog, _PAGES, _ROOT, _OUTLINES),
        }
        objects |= _written(self._bookmarks, parent=_OUTLINES)
        self._write_packed(objects)
        self._write_table(identifier)

    def _take_catalog(self, pdf: pydyf.PDF, renumbered: Callable[[bytes], bytes]) -> None:
        if not self._catalog:
            shared = {key: value for key, value in pdf.catalog.items() if key not in _OWN}
            self._catalog = renumbered(pydyf.Dictionary(shared).data)[2:-2]

    def _take_parents(
        self, pdf: pydyf.PDF, parents: Mapping[str, Any], renumbered: Callable[[bytes], bytes]
    ) -> None:
        """Give pages and notes of this part the next keys of the tree of parents."""
        start = self._next_parent
        for each in pdf.objects:
            for key in ("StructParents", "StructParent"):
                if isinstance(each, dict) and key in each:
                    each[key] += start
        nums = parents["Nums"]
        for key, value in zip(nums[::2], nums[1::2], strict=True):
            data = value if isinstance(value, bytes) else value.data
            self._parents += [b"%d" % (key + start), renumbered(data)]
            self._next_parent = max(self._next_parent, key + start + 1)

    def _join(self, bookmarks: list[_Bookmark], renumbered: Callable[[bytes], bytes]) -> None:
        """Hang the bookmarks of later parts below the last one of the first part."""
        _retarget(bookmarks, renumbered)
        home = self._bookmarks[-1].below if self._bookmarks else self._bookmarks
        home += bookmarks

    def _number(self, bookmarks: list[_Bookmark]) -> int:
        """Reserve numbers; return the one of the first."""
        for bookmark in bookmarks:
            bookmark.number = self._reserve()
            self._number(bookmark.below)
        return bookmarks[0].number if bookmarks else 0

    def _reserve(self) -> int:
        number = len(self._entries) // sum(_WIDTHS)
        self._entries += bytes(sum(_WIDTHS))
        return number

    def _place(self, number: int, *entry: int) -> None:
        packed = b"".join(
            value.to_bytes(width, "big") for value, width in zip(entry, _WIDTHS, strict=True)
        )
        start = number * len(packed)
        self._entries[start : start + len(packed)] = packed

    def _write(self, content: bytes) -> None:
        self.output.write(content)
        self._checksum.update(content)
        self._position += len(content)

    def _write_stream(
        self, number: int, stream: pydyf.Stream, renumbered: Callable[[bytes], bytes]
    ) -> None:
        """Write a stream; only what stands before its content is renumbered."""
        head, middle, content = stream.data.partition(b"stream\n")
        self._place(number, 1, self._position, 0)
        self._write(b"%d 0 obj\n" % number + renumbered(head) + middle + content + b"\nendobj\n")

    def _write_packed(self, objects: Mapping[int, bytes]) -> None:
        """Write small objects together, compressed."""
        number, places, position = self._reserve(), [], 0
        for index, (key, data) in enumerate(objects.items()):
            self._place(key, 2, number, index)
            places.append(b"%d %d" % (key, position))
            position += len(data) + 1
        head = b" ".join(places)
        extra = {"Type": "/ObjStm", "N": len(objects), "First": len(head) + 1}
        packed = pydyf.Stream([head, *objects.values()], extra, compress=True)
        self._write_stream(number, packed, bytes)

    def _write_table(self, identifier: str) -> None:
        number, start = self._reserve(), self._position
        self._place(0, 0, 0, 65535)
        self._place(number, 1, start, 0)
        extra = {
            "Type": "/XRef",
            "Index": pydyf.Array((0, number + 1)),
            "W": pydyf.Array(_WIDTHS),
            "Size": number + 1,
            "Root": b"%d 0 R" % _CATALOG,
            "ID": pydyf.Array(
                (pydyf.String(identifier), pydyf.String(self._checksum.hexdigest()[:32]))
            ),
        }
        table = pydyf.Stream([bytes(self._entries)], extra, compress=True)
        self._write_stream(number, table, bytes)
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _renumbering(numbers: Mapping[int, int]) -> Callable[[bytes], bytes]:
    def renumber(match: re.Match[bytes]) -> bytes:
        return b"%d 0 R" % numbers[int(match[1])] if match[1] else match[0]

    def renumbered(data: bytes) -> bytes:
        return _TEXT_OR_REFERENCE.sub(renumber, data)

    return renumbered


def _tree(pdf: pydyf.PDF, parent: Mapping[str, Any], seen: list[Any]) -> list[_Bookmark]:
    """Return the bookmarks below an entry; their objects go to `seen`."""
    found = []
    if "Outlines" in parent:
        parent = _object(pdf, parent["Outlines"])
        seen.append(parent)
    reference = parent.get("First")
    while reference:
        entry = _object(pdf, reference)
        seen.append(entry)
        below = _tree(pdf, entry, seen)
        found.append(_Bookmark(entry["Title"].data, entry["Dest"].data, below))
        reference = entry.get("Next")
    return found


def _retarget(bookmarks: list[_Bookmark], renumbered: Callable[[bytes], bytes]) -> None:
    for bookmark in bookmarks:
        bookmark.target = renumbered(bookmark.target)
        _retarget(bookmark.below, renumbered)


def _amount(bookmarks: list[_Bookmark]) -> int:
    return sum(1 + _amount(bookmark.below) for bookmark in bookmarks)


def _written(bookmarks: list[_Bookmark], *, parent: int) -> dict[int, bytes]:
    """Return the entries by number, linked as a PDF wants it."""
    objects: dict[int, bytes] = {}
    for place, bookmark in enumerate(bookmarks):
        links = {b"Parent": parent}
        if place:
            links[b"Prev"] = bookmarks[place - 1].number
        if place + 1 < len(bookmarks):
            links[b"Next"] = bookmarks[place + 1].number
        if bookmark.below:
            links[b"First"] = bookmark.below[0].number
            links[b"Last"] = bookmark.below[-1].number
        linked = b"".join(b"/%s %d 0 R" % link for link in links.items())
        facts = (bookmark.title, bookmark.target, _amount(bookmark.below), linked)
        objects[bookmark.number] = b"<</Title %s/Dest %s/Count %d%s>>" % facts
        objects |= _written(bookmark.below, parent=bookmark.number)
    return objects
