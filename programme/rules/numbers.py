"""How whole numbers are written in sentences."""


def grouped(number: int) -> str:
    """Write a whole number with a point at the thousands: "20.000"."""
    return f"{number:,}".replace(",", ".")
