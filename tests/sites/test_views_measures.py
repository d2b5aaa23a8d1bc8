"""The form of a measure: what was typed is kept, nothing overwritten."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from programme.enums import Role
from programme.templatetags.kern import kern_optional
from sites.enums import Balance, SiteStatus
from sites.models import Measure
from tests.factories.programme import FieldOfActionFactory
from tests.factories.sites import LegalNormFactory, MeasureFactory, SiteFactory

pytestmark = pytest.mark.django_db
ADD = reverse("sites:add_measure", args=["giessen"])


def measure_form(**changes):
    return {
        "form_key": str(uuid4()),
        "field_of_action": FieldOfActionFactory().pk,
        "title": "Größere Schilder",
        "status": "running",
        "starts_on": "2016-02-29",
        "balance": "0",
        "is_public": "on",
    } | changes


def test_staff_add_a_measure_and_it_is_public_at_once(signed_in, client, site, staff):
    response = signed_in(user=staff).post(ADD, measure_form())

    assert response.status_code == 302
    assert response["Location"] == reverse("sites:goals", args=["giessen"])
    page = client.get(reverse("sites:site", args=["giessen"])).content.decode()
    assert "Größere Schilder" in page
    assert "Dient beiden gleichermaßen" in page


def test_the_form_costs_a_bounded_number_of_queries(
    signed_in, staff, django_assert_max_num_queries
):
    client = signed_in(user=staff)

    with django_assert_max_num_queries(12):
        client.get(ADD)


def test_the_same_form_sent_twice_makes_one_measure(signed_in, staff):
    client, form = signed_in(user=staff), measure_form()

    answers = [client.post(ADD, form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Measure.objects.count() == 1


def test_wrong_input_keeps_what_was_typed(signed_in, staff):
    response = signed_in(user=staff).post(
        ADD, measure_form(balance="2", title="Türschilder", starts_on="31.02.2016")
    )

    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="Türschilder"' in page
    assert "31.02.2016" in page


def test_a_one_sided_weight_asks_how_the_other_task_was_kept(signed_in, staff):
    response = signed_in(user=staff).post(ADD, measure_form(balance="-2"))

    assert response.status_code == 422
    assert "reconciliation" in response.context["form"].errors
    assert not Measure.objects.exists()


def test_a_date_outside_the_run_time_asks_back_and_is_then_taken(signed_in, staff):
    client, form = signed_in(user=staff), measure_form(due_on="2017-09-01")

    asked = client.post(ADD, form)
    taken = client.post(ADD, form | {"outside_reason": "Nachlauf im Haus"})

    assert asked.status_code == 422
    assert 'name="outside_reason"' in asked.content.decode()
    field = asked.context["form"]["outside_reason"]
    assert not kern_optional(field)
    assert taken.status_code == 302
    assert Measure.objects.get().outside_reason == "Nachlauf im Haus"


@pytest.mark.parametrize("key", ["9" * 60, "²", "-1", "a\x00b"])
def test_a_legal_basis_that_cannot_be_is_refused_at_its_field(signed_in, staff, key):
    page = signed_in(user=staff).post(ADD, measure_form(norms=[key], reconciliation="Größe"))

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"norms"}
    assert "Größe" in page.content.decode()
    assert not Measure.objects.exists()


def test_a_withdrawn_site_offers_no_form_and_refuses_a_post(signed_in, site):
    site.status = SiteStatus.WITHDRAWN
    site.save()
    client = signed_in(Role.OFFICE)

    assert "Hier kann nichts eingetragen werden" in client.get(ADD).content.decode()
    assert client.post(ADD, measure_form()).status_code == 422
    assert not Measure.objects.exists()


def test_two_people_who_save_at_once_see_both_versions(signed_in, site, staff):
    measure = MeasureFactory(site=site, title="Schilder", balance=Balance.BOTH)
    url = reverse("sites:edit_measure", args=["giessen", measure.pk])
    client = signed_in(user=staff)
    seen_at = client.get(url).context["form"]["seen_at"].value()
    form = {"field_of_action": measure.field_of_action_id, "seen_at": seen_at}
    client.post(url, measure_form(**form, title="Fassung A"))

    clash = client.post(url, measure_form(**form, title="Fassung B"))

    assert clash.status_code == 422
    page = clash.content.decode()
    assert "Fassung A" in page
    assert "Fassung B" in page
    assert Measure.objects.get().title == "Fassung A"
    again = clash.context["form"]["seen_at"].value()
    saved = client.post(url, measure_form(**form | {"seen_at": again}, title="Fassung B"))
    assert saved.status_code == 302
    assert Measure.objects.get().title == "Fassung B"


def test_a_documented_measure_without_weight_can_be_edited_and_stay_open(signed_in, site, staff):
    measure = MeasureFactory(site=site, balance=None, source_note="fr.de, Juni 2017")
    url = reverse("sites:edit_measure", args=["giessen", measure.pk])
    client = signed_in(user=staff)
    form = measure_form(seen_at=client.get(url).context["form"]["seen_at"].value())
    del form["balance"]

    assert client.post(url, form).status_code == 302
    measure.refresh_from_db()
    assert (measure.balance, measure.source_note) == (None, "fr.de, Juni 2017")


def test_the_two_versions_are_written_the_way_the_form_shows_them(signed_in, site, staff):
    measure = MeasureFactory(
        site=site, starts_on=date(2016, 2, 29), is_public=True, balance=Balance.BOTH
    )
    url = reverse("sites:edit_measure", args=["giessen", measure.pk])
    form = measure_form(title=measure.title, starts_on="2016-03-01", seen_at="erfunden")
    del form["is_public"]

    page = signed_in(user=staff).post(url, form)

    rows = {row.label: (row.stands, row.written) for row in page.context["differences"]}
    assert rows["Beginn"] == ("29.02.2016", "01.03.2016")
    assert rows["Auf der öffentlichen Seite des Standorts zeigen"] == ("ja", "nein")


def test_a_foreign_site_looks_like_a_missing_one(signed_in, programme, staff):
    foreign = SiteFactory(programme=programme)
    measure = MeasureFactory(site=foreign)
    client = signed_in(user=staff)

    for url in (
        reverse("sites:workspace_site", args=[foreign.slug]),
        reverse("sites:add_measure", args=[foreign.slug]),
        reverse("sites:edit_measure", args=[foreign.slug, measure.pk]),
        reverse("sites:log_coaching_day", args=[foreign.slug]),
        reverse("sites:edit_measure", args=["giessen", measure.pk]),
        reverse("sites:workspace_site", args=["gibt-es-nicht"]),
    ):
        assert client.get(url).status_code == 404
        assert client.post(url, measure_form()).status_code in {404, 405}


def test_auditors_read_and_do_not_write(signed_in, site):
    client = signed_in(Role.AUDITOR)

    assert client.get(reverse("sites:workspace_site", args=["giessen"])).status_code == 200
    assert client.post(ADD, measure_form()).status_code == 404
    assert not Measure.objects.exists()


def test_legal_bases_are_folded_and_the_chosen_ones_stand_first(signed_in, site, staff):
    chosen = LegalNormFactory(norm="§ 44a AufenthG", kind="integration")
    LegalNormFactory.create_batch(2, kind="integration")
    LegalNormFactory.create_batch(3, kind="order")
    measure = MeasureFactory(site=site)
    measure.norms.add(chosen)
    client = signed_in(user=staff)

    new = client.get(ADD).content.decode()
    page = client.get(reverse("sites:edit_measure", args=["giessen", measure.pk])).content.decode()

    for summary in ("Ordnungsaufgaben: 3", "Integrationsaufgaben: 3"):
        assert f"<summary>{summary}</summary>" in new
    for summary in ("Ordnungsaufgaben: 3 weitere", "Integrationsaufgaben: 2 weitere"):
        assert f"<summary>{summary}</summary>" in page
    assert page.index("§ 44a AufenthG") < page.index("<summary>Ordnungsaufgaben")
    assert page.count('name="norms"') == 6
