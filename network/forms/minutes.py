"""Understands the minutes: every line a few fields, and one empty line under each item."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.formats import date_format

from network.enums import Audience, MinutesKind
from network.forms.meetings import DayField
from network.models import MinutesItem
from network.queries.minutes import MinutesSection
from network.rules.minutes import Line, fingerprint
from programme.forms.versions import NOTHING, Difference, differing

MOST_LINES = 400
FIELDS = ("kind", "text", "owner", "due_on", "is_done")


@dataclass(frozen=True)
class Block:
    """The fields of one line; `key` is None for the empty line that waits for a new one."""

    key: int | None
    item: int | None
    prefix: str

    def name(self, field: str) -> str:
        return f"{self.prefix}_{field}"


class MinutesForm(forms.Form):
    """The whole minutes in one form; `seen` is the fingerprint of what the person opened."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sections: tuple[MinutesSection, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [row for section in sections for row in section.rows]
        self.initial["seen"] = fingerprint(sorted(rows, key=lambda row: (row.position, row.pk)))
        self.parts: list[tuple[MinutesSection, list[Block]]] = []
        for section in sections:
            blocks = [Block(row.pk, section.item, f"r{row.pk}") for row in section.rows]
            if section.item is None:
                blocks += self._lost({row.pk for row in rows})
            blocks.append(Block(None, section.item, f"n{section.item or 0}"))
            self.parts.append((section, blocks))
            stored = {row.pk: row for row in section.rows}
            for block in blocks:
                self._add(block, stored.get(block.key or 0), section.title)

    def _lost(self, known: set[int]) -> list[Block]:
        """Keep what was typed into lines that somebody else has removed meanwhile."""
        sent = [name[1:-5] for name in self.data if name.startswith("r") and name.endswith("_text")]
        gone = [key for key in sent if key.isascii() and key.isdigit() and int(key) not in known]
        return [Block(None, None, f"r{key}") for key in gone[:MOST_LINES]]

    def _add(self, block: Block, row: MinutesItem | None, title: str) -> None:
        """Add the fields of one line; labels name the item, so that errors can be told apart."""
        new = {
            "kind": forms.ChoiceField(label="Art", choices=MinutesKind.choices, required=False),
            "text": forms.CharField(
                label=f"{'Neuer Eintrag' if block.key is None else 'Text'} zu „{title}“",
                max_length=4000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
            "owner": forms.CharField(label="Wer kümmert sich", max_length=160, required=False),
            "due_on": DayField(label="bis", required=False),
            "is_done": forms.BooleanField(label="erledigt", required=False),
        }
        for name, field in new.items():
            if row is not None:
                value = row.done_on is not None if name == "is_done" else getattr(row, name)
                field.initial = value
            self.fields[block.name(name)] = field

    def bound(self, block: Block) -> dict[str, BoundField]:
        """Return the fields of one line under their short names, for the template."""
        return {name: self[block.name(name)] for name in FIELDS}

    def layout(self) -> list[tuple[MinutesSection, list[tuple[Block, dict[str, BoundField]]]]]:
        """Return the items of the agenda with the fields of their lines, in order."""
        return [
            (section, [(block, self.bound(block)) for block in blocks])
            for section, blocks in self.parts
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the text of a decision that has an owner or a day, but says nothing."""
        cleaned = super().clean() or self.cleaned_data
        for _, blocks in self.parts:
            for block in blocks:
                said = [cleaned.get(block.name(name)) for name in ("owner", "due_on")]
                text = block.name("text")
                if block.key is None and any(said) and not cleaned.get(text):
                    self.add_error(text, "Bitte schreiben Sie, was verabredet ist.")
        return cleaned

    def lines(self) -> list[Line]:
        """Return what was written; an owner or a day makes a result a decision."""
        return [self._line(block) for _, blocks in self.parts for block in blocks]

    def _line(self, block: Block) -> Line:
        data = {name: self.cleaned_data.get(block.name(name)) for name in FIELDS}
        agreed = data["kind"] == MinutesKind.DECISION or data["owner"] or data["due_on"]
        return Line(
            key=block.key,
            item=block.item,
            kind=MinutesKind.DECISION if agreed else MinutesKind.NOTE,
            text=data["text"] or "",
            owner=data["owner"] or "",
            due_on=data["due_on"],
            is_done=bool(data["is_done"]),
        )

    def now_seen(self, current: Iterable[MinutesItem]) -> None:
        """Take note that the person now sees these rows; new ones of others stay as they are."""
        rows = list(current)
        data = self.data.copy()  # type: ignore[attr-defined]
        data["seen"] = fingerprint(rows)
        for row in rows:
            if f"r{row.pk}_text" not in data:
                data[f"r{row.pk}_kind"] = row.kind
                data[f"r{row.pk}_text"] = row.text
                data[f"r{row.pk}_owner"] = row.owner
                data[f"r{row.pk}_due_on"] = row.due_on.isoformat() if row.due_on else ""
                data[f"r{row.pk}_is_done"] = "on" if row.done_on else ""
        self.data = data

    def differences(self, current: Iterable[MinutesItem]) -> list[Difference]:
        """Compare what stands now with what the person wrote, line by line."""
        mine = {line.key: _told(line) for line in self.lines() if line.key}
        return differing(
            (f"Eintrag {number}", _stored(row) or NOTHING, mine.get(row.pk) or NOTHING)
            for number, row in enumerate(current, 1)
        )


def _told(line: Line) -> str:
    due = date_format(line.due_on, "d.m.Y") if line.due_on else ""
    parts = (line.text.replace("\r\n", "\n").strip(), line.owner, due, line.is_done and "erledigt")
    return "\n".join(part for part in parts if part)


def _stored(row: MinutesItem) -> str:
    done = row.done_on is not None
    return _told(Line(row.pk, None, row.text, row.kind, row.owner, row.due_on, is_done=done))


class ReleaseForm(forms.Form):
    """Who may read the minutes from now on."""

    audience = forms.TypedChoiceField(
        label="Wer liest die Niederschrift?",
        choices=Audience.choices,
        coerce=Audience,
        widget=forms.RadioSelect,
    )
