"""The one exception a service raises on purpose."""


class RuleBroken(Exception):
    """A rule forbids what was asked; the message is German and meant for the user.

    `field` names the form field the message belongs to, empty for the whole form. Each line of
    the message says one thing that is wrong.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    @property
    def lines(self) -> list[str]:
        """The message, one thing that is wrong each; a form shows them one below the other."""
        return self.message.splitlines()
