"""What a picture needs before it may be published: words for those who do not see it."""

SHORTEST_ALT = 10
EMPTY_WORDS = frozenset({"bild", "foto", "grafik", "abbildung", "photo", "image", "picture"})


def alt_problem(alt: str, *, caption: str, name: str = "") -> str:
    """Say in German what is wrong with an alternative text, or nothing (W04)."""
    told = " ".join(alt.split())
    if not told:
        return (
            "Bitte beschreiben Sie das Bild für Menschen, die es nicht sehen. Ohne Alternativtext "
            "kann es nicht veröffentlicht werden."
        )
    if told.casefold() == " ".join(caption.split()).casefold():
        return (
            "Der Alternativtext wiederholt die Bildunterschrift. Bitte sagen Sie, was zu sehen ist."
        )
    stem = name.rpartition(".")[0] or name
    if told.casefold() in {name.casefold(), stem.casefold()}:
        return "Der Alternativtext ist nur der Dateiname. Bitte sagen Sie, was zu sehen ist."
    if len(told) < SHORTEST_ALT or told.casefold().rstrip(".") in EMPTY_WORDS:
        return "Bitte sagen Sie in ein bis zwei Sätzen, was auf dem Bild zu sehen ist."
    return ""
