"""Moments the tests of a meeting's day agree on."""

from datetime import UTC, datetime

# 09:58 in Hessen; the meeting begins at 10:00
DOOR = datetime(2100, 3, 1, 8, 58, tzinfo=UTC)
