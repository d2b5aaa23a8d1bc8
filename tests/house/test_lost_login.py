"""Every form of the sites after a lost login: what was typed stands there again, unsent."""

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from programme import unsent
from programme.pages import FormPage
from sites.enums import SiteStatus
from tests.factories.sites import MeasureFactory
from tests.house.access_matrix import MATRIX
from tests.house.access_page import OPEN
from tests.house.addresses import ARGS
from tests.house.test_access import PAGES, client_of
from tests.house.world import World
from tests.pages import text

FORMS = sorted(
    name
    for name, row in MATRIX.items()
    if name.startswith("sites:")
    and row.may != OPEN
    and row.get == 200
    and issubclass(getattr(PAGES[name].callback, "view_class", object), FormPage)
)
# Only a choice, a day, a number or a file, or nothing but a button.
WITHOUT_TEXT = {
    "sites:add_assignment",
    "sites:coaching_budget",
    "sites:end_assignment",
    "sites:import_indicators",
    "sites:nudge_indicators",
    "sites:set_contributions_due",
    "sites:sign_contribution",
}


def select_only(world):
    """Take the site back to the day of its selection."""
    world.site.status = SiteStatus.SELECTED
    world.site.save()


# What has to be so that the page shows a form.
BEFORE = {
    "sites:begin_site": select_only,
    "sites:monthly_update": lambda world: MeasureFactory.create(site=world.site),
}
STORY = "Größe & „Länge“ <b>"


def text_field(form):
    """Return a field people write text into, None if the form has none."""
    written = (forms.TextInput, forms.Textarea)
    fields = [field for field in form.visible_fields() if type(field.field) is forms.CharField]
    return next((field for field in fields if isinstance(field.field.widget, written)), None)


@pytest.mark.django_db
@pytest.mark.parametrize("name", FORMS)
def test_text_typed_before_the_login_was_lost_stands_in_the_form_again(name):
    row, world = MATRIX[name], World()
    role = row.may.split()[0]
    if name in BEFORE:
        BEFORE[name](world)
    address = reverse(name, kwargs=ARGS[row.args](world))
    form = client_of(world, role).get(address).context["form"]
    field = text_field(form)
    if name in WITHOUT_TEXT:
        assert field is None
        return
    stranger = Client()
    mark = {unsent.OWNER: unsent.owner_mark(world.people[role])}
    hidden = {row.html_name: row.value() or "" for row in form.hidden_fields()}

    stranger.post(address, hidden | {field.html_name: STORY} | mark)
    stranger.force_login(world.people[role])
    page = stranger.get(address)

    assert page.status_code == 200
    assert page.context["form"][field.name].value() == STORY
    assert "Größe &amp; „Länge“ &lt;b&gt;" in page.content.decode()
    assert "gesendet ist es noch nicht" in text(page)
