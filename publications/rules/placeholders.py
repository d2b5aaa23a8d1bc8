"""Figures inside sentences: `{massnahmen}` in a text stands for a number from the data."""

import re
from collections.abc import Mapping

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in; a placeholder nobody knows stays visible so that it is noticed."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def unknown(text: str, values: Mapping[str, str]) -> list[str]:
    """Return the placeholders of the text that stand for nothing, in order, each once."""
    names = dict.fromkeys(PLACEHOLDER.findall(text))
    return [name for name in names if name not in values]


def used(text: str) -> list[str]:
    """Return the placeholders of the text, in order, each once."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))
