"""Numbers of certificates: random, readable aloud, with a sign that catches typing errors."""

import secrets

SIGNS = "0123456789ABCDEFGHJKMNPQRTVWXYZ"  # 31, a prime; without I, L, O, S, U
ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "S": "5", "U": "V"})
PREFIX = "LN"
RANDOM_SIGNS = 7


def new_number(*, year: int) -> str:
    """Return a fresh number such as LN-2026-7KQ3-X0AB; 31 to the power of 7 are possible a year."""
    drawn = "".join(secrets.choice(SIGNS) for _ in range(RANDOM_SIGNS))
    return written(year=year, drawn=drawn)


def written(*, year: int, drawn: str) -> str:
    """Return the number of these seven signs with its check sign.

    Each sign counts with another weight modulo 31, so that one wrong sign and two swapped ones
    never give another number.
    """
    whole = drawn + _check(f"{year:04d}{drawn}")
    return f"{PREFIX}-{year:04d}-{whole[:4]}-{whole[4:]}"


def read(text: str) -> str | None:
    """Return the number somebody typed as it is written, None if it cannot be one.

    Case, spaces and dashes do not matter, nor signs that look alike (O and 0, I and 1).
    """
    signs = [sign for sign in text.upper()[:60] if sign.isascii() and sign.isalnum()]
    packed = "".join(signs).removeprefix(PREFIX).translate(ALIKE)
    year, drawn = packed[:4], packed[4:]
    if len(packed) != 4 + RANDOM_SIGNS + 1 or not year.isdigit() or set(packed) - set(SIGNS):
        return None
    if _check(packed[:-1]) != packed[-1]:
        return None
    return written(year=int(year), drawn=drawn[:RANDOM_SIGNS])


def initials(full_name: str) -> str:
    """Return what the public page shows of a name: "Dr. Zoë Groß" becomes "Z. G."."""
    words = [word for word in full_name.replace("-", " ").split() if not word.endswith(".")]
    shown = [words[0], words[-1]] if len(words) > 1 else words
    return " ".join(f"{word[0]}." for word in shown)


def _check(signs: str) -> str:
    total = sum(weight * SIGNS.index(sign) for weight, sign in enumerate(signs, start=2))
    return SIGNS[-total % len(SIGNS)]
