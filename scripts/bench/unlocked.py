"""The portal with its lock switched off, to show that the race of the last seats is real (R8).

PostgreSQL: the row of the meeting is read without a lock. SQLite: the transaction itself is the
lock, because it is IMMEDIATE; so each statement stands alone here.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")

from programme.wsgi import application
from tests.network.crowds import switch_lock_off

switch_lock_off(setattr)

__all__ = ["application"]
