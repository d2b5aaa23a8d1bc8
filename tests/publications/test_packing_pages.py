"""The papers of the desk as a reading machine finds them, with the hardest words there are."""

import pytest

from programme.models import Printout
from publications.enums import LabelSheet
from publications.services import packing
from tests.factories.programme import UserFactory
from tests.factories.publications import EditionFactory, ErratumFactory
from tests.pdf import failures
from tests.publications.ordering import order_of

pytestmark = pytest.mark.django_db
LONG = {
    "full_name": "Dr. Maximiliane-Friederike Freifrau von Größenwörth-Übermühlenbach zu Süßenbrunn",
    "organisation": "Kreisausschuss des Landkreises Fulda, Fachdienst Zuwanderung und Ausländer",
    "street": "Straße des Siebzehnten Juni an der Königsstädter Höhe 112–118a, Hinterhaus",
    "city": "Rothenburg ob der Tauber, Ortsteil Burgstall",
}
ABROAD = {"street": "12 rue de l’Église, bâtiment C", "postcode": "67000", "city": "Straßburg, FR"}


@pytest.mark.parametrize("sheet", [LabelSheet.A4_24, LabelSheet.A4_12])
def test_list_slips_and_labels_pass_the_checker_with_hard_words(publication, sheet):
    edition = EditionFactory(publication=publication, status="published")
    ErratumFactory(edition=edition, passage="Seite 12, Tabelle 3", correction="4.711 Fälle")
    orders = [order_of(publication, status="confirmed", **kind).pk for kind in (LONG, ABROAD, {})]
    batch = packing.pack_and_print(orders=orders, sheet=sheet, by=UserFactory())

    packing.make_packing.call(printout=str(batch.printout_key), batch_id=batch.pk)

    with Printout.objects.get(pk=batch.printout_key).file.open("rb") as file:
        content = file.read()
    assert failures(content, "ua1") == []
