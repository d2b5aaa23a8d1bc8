"""Frozen data: plain values, one canonical spelling, one checksum."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from programme.errors import RuleBroken


def plain(value: Any) -> Any:
    """Turn figures into what JSON can hold: dataclasses into dicts, money and dates into text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def canonical(snapshot: dict[str, Any]) -> bytes:
    """Return the one spelling of a snapshot: sorted keys, no spaces, UTF-8."""
    text = json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def checksum(snapshot: dict[str, Any]) -> str:
    """Return the SHA-256 of the canonical spelling."""
    return sha256(canonical(snapshot)).hexdigest()


def check_frozen(snapshot: dict[str, Any], expected: str) -> None:
    """Refuse data that are not what was frozen; nothing is made from them."""
    if checksum(snapshot) != expected:
        raise RuleBroken("Die eingefrorenen Daten passen nicht zu ihrer Prüfsumme.")
