"""Roof: the floors' loaders in their order, lower floors first."""

from network.services import demo_data as network_demo
from network.services import master_data as network_master
from programme.models import Programme
from programme.services import (
    demo_data,
    demo_drawdowns,
    demo_funding,
    demo_inspections,
    demo_proofs,
    master_data,
)
from publications.services import demo_data as publications_demo
from publications.services import master_data as publications_master
from sites.services import demo_data as sites_demo
from sites.services import master_data as sites_master


def load_master_data() -> Programme:
    """Load the real master data of every floor; may be repeated."""
    programme = master_data.load()
    for floor in (network_master, sites_master, publications_master):
        floor.load(programme=programme)
    return programme


def load_demo_data(*, programme: Programme) -> int:
    """Load made-up people and what they did on every floor; return how many people there are."""
    people = demo_data.load_people(programme=programme)
    ground = (demo_funding, demo_drawdowns, demo_proofs, demo_inspections)
    for floor in (*ground, network_demo, sites_demo, publications_demo):
        floor.load(programme=programme, people=people)
    return len(people)


def remove_demo_data(*, programme: Programme) -> None:
    """Take the made-up data out again, upper floors first."""
    ground = (demo_inspections, demo_proofs, demo_drawdowns, demo_funding)
    for floor in (publications_demo, sites_demo, network_demo, *ground):
        floor.remove(programme=programme)
    demo_data.remove_people(programme=programme)
