"""What is known about a contact."""

from dataclasses import asdict, dataclass

from network.enums import ContactKind


@dataclass(frozen=True)
class Details:
    """The columns of a contact as they are typed."""

    email: str
    name: str = ""
    function: str = ""
    kind: str = ContactKind.MAIN
    is_active: bool = True
    gets_copies: bool = False

    def columns(self) -> dict[str, str | bool]:
        """Return what the contact's row holds."""
        return asdict(self)
