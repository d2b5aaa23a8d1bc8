"""The directory goes out as a file and comes back with a preview."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from network.exports.directory import EXAMPLE, directory_file
from network.models import Organisation
from network.queries.directory_plan import table
from network.rules.directory_lines import HEADERS
from network.services import organisations
from programme.enums import Role
from tests.factories.network import ContactFactory
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db

IMPORT = "/intern/netzwerk/verzeichnis/import/"


def chosen(client, content, name="verzeichnis.csv"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def preview(client, *rows):
    page = chosen(client, directory_file(rows=list(rows), kind="csv"))
    return {
        "preview": page.context["confirm"].initial["preview"],
        "form_key": page.context["form_key"],
    }


def confirmed(client, data):
    return client.post(reverse("network:confirm_import"), data)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_directory_is_a_download_with_whole_umlauts(office, kind):
    ContactFactory(name="Öznur Groß")

    response = office.get(reverse("network:directory_file", args=[kind]))

    assert response["Content-Disposition"].startswith('attachment; filename="verzeichnis-')
    assert response["X-Content-Type-Options"] == "nosniff"
    assert kind == "xlsx" or "Öznur Groß" in response.content.decode("utf-8-sig")


def test_other_kinds_of_files_are_not_found(office):
    assert office.get("/intern/netzwerk/verzeichnis/alles.pdf").status_code == 404
    assert office.get("/intern/netzwerk/verzeichnis/vorlage.pdf").status_code == 404


def test_a_file_is_shown_first_and_changes_nothing(office):
    page = chosen(office, directory_file(rows=[EXAMPLE], kind="csv"))

    assert page.status_code == 200
    assert "Beispielamt Musterstadt" in page.content.decode()
    assert not Organisation.objects.exists()


def test_what_was_shown_is_imported_once(office):
    data = preview(office, EXAMPLE)

    first = confirmed(office, data)
    second = confirmed(office, data)

    assert first["Location"] == second["Location"] == reverse("network:directory")
    assert Organisation.objects.get().contacts.count() == 1


def test_a_file_without_the_column_of_the_copies_is_imported(office):
    old = directory_file(rows=[EXAMPLE], kind="csv").decode("utf-8-sig")
    old = "\n".join(line.rpartition(";")[0] for line in old.splitlines())

    page = chosen(office, old.encode())
    done = confirmed(office, {"preview": page.context["confirm"].initial["preview"]})

    assert (page.status_code, done.status_code) == (200, 302)
    assert not Organisation.objects.get().contacts.get().gets_copies


def test_the_preview_lists_what_changes_and_folds_the_rest(office):
    for name in ("Amt Anders", "Bund Besser"):
        ContactFactory(organisation__kind="guest", organisation__short_name=name)
    rows = table()
    rows[1][HEADERS.index("Ort")] = "Köln"

    page = chosen(office, directory_file(rows=rows, kind="csv"))

    shown, folded = page.content.decode().split("1 Zeile ohne Änderung")
    assert ("Bund Besser" in shown, "Amt Anders" in shown) == (True, False)
    assert "Amt Anders" in folded


def test_a_stale_preview_is_shown_anew_and_can_then_be_confirmed(office):
    contact = ContactFactory(organisation__kind="guest")
    [row] = table()
    row[HEADERS.index("Ort")] = "Köln"
    data = preview(office, row)
    organisations.remove_contact(contact=contact, by=UserFactory())

    page = confirmed(office, data)
    fresh = {"preview": page.context["confirm"].initial["preview"]}

    assert page.status_code == 422
    assert "seit der Vorschau geändert" in page.content.decode()
    assert confirmed(office, fresh).status_code == 302
    assert Organisation.objects.get().city == "Köln"


def test_a_preview_of_somebody_else_or_forged_is_refused(office, signed_in):
    data = preview(office, EXAMPLE)

    foreign = confirmed(signed_in(Role.OFFICE), data)
    forged = confirmed(office, {"preview": data["preview"] + "x"})

    assert (foreign.status_code, forged.status_code) == (422, 422)
    assert "Bitte wählen Sie die Datei noch einmal aus" in forged.content.decode()
    assert not Organisation.objects.exists()


def test_an_old_preview_is_refused(signed_in, programme, time_machine):
    time_machine.move_to(datetime(2026, 2, 28, 12, tzinfo=UTC), tick=False)
    client = signed_in(Role.OFFICE)
    data = preview(client, EXAMPLE)
    time_machine.move_to(datetime(2026, 2, 28, 13, 0, 1, tzinfo=UTC), tick=False)

    assert confirmed(client, data).status_code in {302, 422}
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("Kennung;Art\r\nx;Größe".encode("cp1252"), "Zeile 2"),
        (b"Kennung;Art\r\nx;y", "Diese Spalte fehlt."),
        (directory_file(rows=[["x", *EXAMPLE[1:]]], kind="csv"), "gibt es nicht"),
        (
            directory_file(rows=[[*EXAMPLE[:-3], "keine", "ja", "nein"]], kind="xlsx"),
            "E-Mail-Adresse",
        ),
        (b"x" * (2 * 1024 * 1024 + 1), "größer als 2 MB"),
        (b"PK kaputt", "beschädigt"),
        (b"", "leer"),
    ],
)
def test_bad_files_are_explained_and_change_nothing(office, content, sentence):
    page = chosen(office, content)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Organisation.objects.exists()


def test_many_problems_are_cut_short(office):
    rows = [["x", *EXAMPLE[1:]] for _ in range(60)]

    page = chosen(office, directory_file(rows=rows, kind="csv"))

    assert "Dazu 10 weitere." in page.content.decode()


def test_an_unchanged_file_offers_no_button(office):
    ContactFactory(organisation__kind="guest")

    page = chosen(office, directory_file(rows=table(), kind="csv"))

    assert "Die Datei ändert nichts" in page.content.decode()
