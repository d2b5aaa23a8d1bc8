"""The code base as data: files, syntax trees, models."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

ROOT = Path(settings.BASE_DIR)
FLOORS = ("programme", "network", "sites", "publications")
MODELS = [model for floor in FLOORS for model in apps.get_app_config(floor).get_models()]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))


def files(*folders: str) -> list[Path]:
    """Python files of these folders, without migrations."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def rooms(*names: str) -> list[Path]:
    """Files of these rooms in every app: `views/…` or `views.py`, `dashboard/views.py` too."""
    return [path for path in files(*FLOORS) if set(names) & {path.stem, path.parent.name}]


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Public module-level functions of a file."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def floor(model: type[models.Model]) -> int:
    """Height of a model's app; what is not ours counts as ground."""
    label = model._meta.app_label
    return FLOORS.index(label) if label in FLOORS else 0
