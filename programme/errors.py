"""The one exception a service raises on purpose."""


class RuleBroken(Exception):
    """A rule forbids what was asked; the message is German and meant for the user.

    `field` names the form field the message belongs to, empty for the whole form.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
