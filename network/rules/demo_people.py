"""Invented names for the made-up contacts and guests; nobody real is meant."""

from network.rules.names import folded

FIRST = (
    "Anke", "Bülent", "Carola", "Dirk", "Elif", "Frank", "Gisela", "Hasan", "Inga", "Jürgen",
    "Katrin", "Lutz", "Melek", "Nils", "Olga", "Peter", "Ruth", "Sönke", "Tanja", "Uwe",
)  # fmt: skip
LAST = (
    "Ackermann", "Böhme", "Çelik", "Dörfler", "Eckhardt", "Fröhlich", "Götz", "Heßler", "Ismaili",
    "Jäger", "Kühn", "Lindner", "Möller", "Nowak", "Öztürk", "Pfeiffer", "Reuß", "Schäfer",
    "Thoma", "Ullrich", "Voß", "Weyrauch", "Zöller",
)  # fmt: skip


def name(number: int) -> str:
    """Return the invented name with this number; the first 460 are different."""
    return f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]}"


def email(person: str) -> str:
    """Return an address that reaches nobody: bulent.voss@example.org."""
    ascii_name = folded(person).replace("ç", "c")
    return f"{ascii_name.replace(' ', '.')}@example.org"
