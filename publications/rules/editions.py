"""What an edition must have before it may be published (checks W05, F31)."""

from collections.abc import Mapping
from typing import Any

from programme.rules.publicity import funding_finding
from publications.rules import placeholders

DUTIES = {
    "publisher_name": "der Herausgeber",
    "street": "die Anschrift des Herausgebers",
    "city": "der Ort des Herausgebers",
    "order_mailbox": "die Bestelladresse",
    "election_notice": "der Hinweis zur Wahlwerbung",
}


def obstacles(snapshot: Mapping[str, Any]) -> list[str]:
    """Return in German what is missing; an empty list means the edition may be published."""
    if not snapshot["chapters"]:
        return ["Es gibt noch kein Manuskript. Bitte stellen Sie den Bericht zuerst zusammen."]
    missing = [
        f"Im Impressum fehlt {label}."
        for key, label in DUTIES.items()
        if not snapshot["imprint"][key]
    ]
    funding = funding_finding(
        snapshot["publication"]["title"], notice=snapshot["imprint"]["funding_notice"]
    )
    if funding is not None:
        missing.insert(0, funding.text)
    for chapter in snapshot["chapters"]:
        for block in chapter["blocks"]:
            missing += [
                f"Im Kapitel „{chapter['title']}“ steht der unbekannte Platzhalter {{{name}}}."
                for name in placeholders.used(block.get("text", ""))
            ]
    if not any(b["kind"] == "imprint" for c in snapshot["chapters"] for b in c["blocks"]):
        missing.append("Das Impressum ist nicht Teil des Manuskripts.")
    return missing
