"""The short code on a letter of paper: the number of the invitation with two check digits.

The check digits are those of ISO 7064, MOD 97-10: they find every single wrong digit and every
two neighbours that changed places. The code is no secret: only the programme team can use it.
"""

import re

from programme.errors import RuleBroken

DIGITS = 5
MOST_DIGITS = 12


def code(invitation_pk: int) -> str:
    """Return the code of an invitation, for example "00042-69"."""
    return f"{invitation_pk:0{DIGITS}d}-{_check(invitation_pk):02d}"


def read(text: str) -> int:
    """Return the number of the invitation a typed code names; signs between digits do not matter.

    Refuses (RuleBroken, field "code") what is no code and a code with a typing error.
    """
    digits = re.sub(r"[\s\-–./]", "", text)
    if not re.fullmatch(rf"[0-9]{{{DIGITS + 2},{MOST_DIGITS}}}", digits, re.ASCII):
        raise RuleBroken(
            "Bitte geben Sie den Code so ein, wie er auf dem Brief steht, zum Beispiel 00042-69.",
            field="code",
        )
    number, check = int(digits[:-2]), int(digits[-2:])
    if check != _check(number):
        raise RuleBroken(
            "Diesen Code gibt es nicht. Bitte vergleichen Sie die Ziffern mit dem Brief.",
            field="code",
        )
    return number


def _check(number: int) -> int:
    return 98 - number * 100 % 97
