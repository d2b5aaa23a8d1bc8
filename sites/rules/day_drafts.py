"""What makes the draft of a coaching day worth keeping."""

from collections.abc import Mapping

# Where a draft says which photo waits for it; no field of the form has this name.
PHOTO = "kept_photo"
# The name of a photo that was chosen and has not arrived.
CHOSEN = "chosen_photo"
KEPT = (PHOTO, CHOSEN)
# Site and dates alone are filled in before anybody types.
TELLING = ("hours", "participants", "happened", "outside_reason", "site_steps", "coach_steps")


def says_something(values: Mapping[str, object]) -> bool:
    """Say whether a draft holds more than a site and dates."""
    return any(str(values.get(name, "")).strip() for name in (*TELLING, *KEPT))
