"""Roof: the floors' loaders in their order, lower floors first."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from programme.models import Programme
from programme.services import demo_data, master_data

UPPER_FLOORS = ("network", "sites", "publications")


def _existing(*names: str) -> list[ModuleType]:
    return [import_module(name) for name in names if find_spec(name)]


def load_master_data() -> Programme:
    """Load the real master data of every floor; may be repeated."""
    programme = master_data.load()
    for loader in _existing(*(f"{floor}.services.master_data" for floor in UPPER_FLOORS)):
        loader.load(programme=programme)
    return programme


def load_demo_data(*, programme: Programme) -> int:
    """Load made-up people and what they did on every floor; return how many people there are."""
    people = demo_data.load_people(programme=programme)
    upper = (f"{floor}.services.demo_data" for floor in UPPER_FLOORS)
    for loader in _existing("programme.services.demo_funding", *upper):
        loader.load(programme=programme, people=people)
    return len(people)


def remove_demo_data(*, programme: Programme) -> None:
    """Take the made-up data out again, upper floors first."""
    upper = (f"{floor}.services.demo_data" for floor in reversed(UPPER_FLOORS))
    for loader in _existing(*upper, "programme.services.demo_funding"):
        loader.remove(programme=programme)
    demo_data.remove_people(programme=programme)
