"""Which made-up person works at which site."""

STAFF = {
    "giessen": "standort@example.org",
    "wiesbaden": "standort2@example.org",
    "darmstadt": "standort3@example.org",
    "offenbach": "standort4@example.org",
    "main-kinzig-kreis": "standort5@example.org",
    "kreis-bergstrasse": "standort6@example.org",
}
COACH = "begleitung@example.org"
TEAM = "team@example.org"
