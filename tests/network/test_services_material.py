"""Files of a meeting: kept once, released, replaced with the same link, removed for good."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from network.enums import Audience
from network.models import Material
from network.queries.material import versions
from network.services import material
from network.services.material import About, NewFile
from programme import clock
from programme.errors import RuleBroken
from programme.rules.uploads import checked_document
from tests.factories.programme import UserFactory
from tests.programme.office_samples import ooxml

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return UserFactory()


def pdf(text="eins", name="vortrag.pdf"):
    content = b"%PDF-1.7\n" + text.encode() + b"\n%%EOF\n"
    return NewFile(checked_document(name=name, content=content), ContentFile(content))


def add(meeting, office, *files, **about):
    return material.add(meeting=meeting, files=files, about=About(**about), by=office)


def test_files_are_kept_once_under_their_names(meeting, office):
    content = ooxml()
    word = NewFile(checked_document(name="Größe.docx", content=content), ContentFile(content))

    kept = add(meeting, office, pdf(), word, pdf(name="noch einmal.pdf"), title="")
    again = add(meeting, office, pdf())

    assert [(row.title, row.name) for row in kept] == [
        ("vortrag", "vortrag.pdf"),
        ("Größe", "Größe.docx"),
    ]
    assert again == []
    assert all(row.audience == Audience.TEAM for row in kept)


def test_one_file_takes_the_title_and_a_very_long_name_fits(meeting, office):
    row = add(meeting, office, pdf(name="ä" * 300 + ".pdf"), title="Vortrag")[0]

    assert row.title == "Vortrag"
    assert len(row.name) <= 120
    assert row.name.endswith(".pdf")


def test_releasing_and_taking_back(meeting, office):
    row = add(meeting, office, pdf())[0]

    released = material.release(material=row, audience=Audience.PUBLIC, by=office)
    back = material.release(material=row, audience=Audience.TEAM, by=office)

    assert (released.audience, released.release_on) == (Audience.PUBLIC, clock.today())
    assert (back.audience, back.release_on) == (Audience.TEAM, None)


def test_a_new_version_keeps_the_link_and_deletes_the_old_file(
    meeting, office, django_capture_on_commit_callbacks
):
    row = add(meeting, office, pdf())[0]
    storage, old = row.file.storage, row.file.name

    with django_capture_on_commit_callbacks(execute=True):
        new = material.replace(material=row, new=pdf("zwei"), note="Folie 3 berichtigt", by=office)

    assert new.pk == row.pk
    assert not storage.exists(old)
    assert storage.exists(new.file.name)
    assert versions(new)[0].sentence == "Neue Fassung von „vortrag“: Folie 3 berichtigt"


def test_the_same_file_is_no_new_version(meeting, office):
    row = add(meeting, office, pdf())[0]

    with pytest.raises(RuleBroken, match="dieselbe Datei"):
        material.replace(material=row, new=pdf(), note="", by=office)


def test_removing_deletes_row_and_file(meeting, office, django_capture_on_commit_callbacks):
    row = add(meeting, office, pdf())[0]

    with django_capture_on_commit_callbacks(execute=True):
        material.remove(material=row, by=office)

    assert not Material.objects.exists()
    assert not row.file.storage.exists(row.file.name)


def test_what_is_said_about_a_file_changes_and_is_noted(meeting, office):
    row = add(meeting, office, pdf())[0]
    about = About("Merkblatt", "Öffnungszeiten", Audience.OFFICES, date(2028, 2, 29))

    material.describe(material=row, about=about, by=office)
    material.describe(material=row, about=about, by=office)

    row.refresh_from_db()
    assert (row.title, row.release_on) == ("Merkblatt", date(2028, 2, 29))
    assert versions(row).filter(verb="material.described").count() == 1
    with pytest.raises(RuleBroken):
        material.describe(material=row, about=About(" "), by=office)
