"""Bring the database to the newest state; a new one also gets programme and sample data."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")


def main() -> None:
    """Migrate, load the master data; fill a new database and render its first edition."""
    import django

    (ROOT / "var").mkdir(exist_ok=True)
    django.setup()
    from django.core.management import call_command

    from programme.models import Programme

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    is_new = not Programme.objects.exists()
    call_command("load_programme")
    if is_new:
        call_command("load_demo")
        print("» Setze die erste Ausgabe des Berichts …", flush=True)
        # In its own process: setting a report takes memory the server should not keep.
        subprocess.run([sys.executable, "manage.py", "run_worker", "--batch"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
