"""The pages of a notice about a proof: one form, a second person, and where it is shown."""

from uuid import uuid4

import pytest

from programme.enums import ProofStatus, Role
from programme.models import ProofCheck
from tests.factories.funding import PDF
from tests.factories.programme import ProofFactory, UserFactory
from tests.factories.proof_checks import ProofCheckFactory
from tests.programme.voucher_forms import upload

LIST = "/intern/foerderung/bescheide/"
ADD = f"{LIST}pruefung/neu/"


@pytest.fixture
def proof(plan):
    people = dict(zip(("checked_by", "submitted_by"), UserFactory.create_batch(2), strict=True))
    return ProofFactory(
        programme=plan.programme,
        plan=plan,
        status=ProofStatus.SUBMITTED,
        submitted_on="2017-08-28",
        figures={
            "sources": [{"name": "Land Hessen", "planned": "112000.00", "actual": "98000.00"}],
            "lines": [],
            "vouchers": [],
            "total": "98000.00",
        },
        **people,
    )


@pytest.fixture
def land(plan):
    return plan.programme.sources.get(key="land")


def fields(proof, source, /, **changes):
    typed = {
        "proof": proof.pk,
        "source": source.pk,
        "reference": "IV 9/2017",
        "issued_on": "2017-12-11",
        "recognised_eur": "97.500,00 €",
        "reclaimed_eur": "0",
        "conditions": "Bewirtung ist nicht anerkannt.",
        "paper": upload(name="Schlußbescheid.pdf"),
        "form_key": str(uuid4()),
    }
    return typed | changes


def confirm(client, check, revision=1):
    typed = {"seen_version": revision, "form_key": str(uuid4())}
    return client.post(f"{LIST}pruefung/{check.pk}/bestaetigen/", typed, follow=True)


def test_one_person_records_another_confirms_and_the_proof_shows_it(
    proof, land, finance, signed_in
):
    html = finance.post(ADD, fields(proof, land), follow=True).content.decode()
    check = ProofCheck.objects.get()
    own = confirm(finance, check)
    other = confirm(signed_in(Role.FINANCE), check).content.decode()
    shown = finance.get(f"/intern/foerderung/nachweise/{proof.pk}/").content.decode()

    assert "Sie haben diesen Bescheid erfasst." in html
    assert "98.000,00 EUR" in html
    assert own.status_code == 422
    assert "Regel F28" in own.content.decode()
    assert "Schlussbescheid IV 9/2017 vom 11.12.2017 ist bestätigt und gilt." in other
    assert "Prüfung durch die Bewilligungsbehörden" in shown
    assert "97.500,00 EUR" in shown
    file = finance.get(f"/intern/foerderung/unterlagen/{check.document_id}/")
    assert b"".join(file.streaming_content) == PDF


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("recognised_eur", "98.000,01", "Mehr kann nicht anerkannt sein"),
        ("recognised_eur", "1.234", "nicht eindeutig"),
        ("reclaimed_eur", "-1", ""),
        ("issued_on", "27.08.2017", "eingereicht; geprüft wird"),
        ("issued_on", "29.02.2017", "gültiges Datum"),
        ("proof", "0", "gültige Auswahl"),
        ("paper", "", "füllen Sie"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
    proof, land, finance, field, value, message
):
    response = finance.post(ADD, fields(proof, land, **{field: value}))

    assert response.status_code == 422
    assert message in " ".join(response.context["form"].errors[field])
    assert "Bewirtung ist nicht anerkannt." in response.content.decode()
    assert not ProofCheck.objects.exists()


def test_a_mistake_is_mended_until_somebody_has_confirmed_it(proof, land, finance, signed_in):
    finance.post(ADD, fields(proof, land))
    check = ProofCheck.objects.get()
    edit = f"{LIST}pruefung/{check.pk}/aendern/"

    html = finance.get(edit).content.decode()
    mended = fields(proof, land, paper="", recognised_eur="97.000,00", seen_version=1)
    assert finance.post(edit, mended).status_code == 302
    confirm(signed_in(Role.FINANCE), check, revision=2)
    closed = finance.get(edit, follow=True)
    late = finance.post(edit, fields(proof, land, paper="", seen_version=2))

    assert 'value="97.500,00"' in html
    assert str(ProofCheck.objects.get().recognised_eur) == "97000.00"
    assert closed.redirect_chain == [(f"{LIST}pruefung/{check.pk}/", 302)]
    assert "bereits bestätigt" in closed.content.decode()
    assert late.status_code == 422


def test_before_any_proof_is_submitted_the_page_says_what_to_do(plan, finance):
    assert "Noch kein Nachweis eingereicht" in finance.get(ADD).content.decode()


def test_the_proof_of_the_link_is_chosen_already(proof, finance):
    assert finance.get(f"{ADD}?nachweis={proof.pk}").context["form"]["proof"].value() == str(
        proof.pk
    )
    assert finance.get(f"{ADD}?nachweis=x").status_code == 200


@pytest.mark.parametrize("amount", [1, 2])
def test_the_pages_cost_the_same_for_any_amount(
    proof, plan, signed_in, amount, django_assert_num_queries
):
    for source in plan.programme.sources.all()[:amount]:
        check = ProofCheckFactory(proof=proof, source=source)
    client = signed_in(Role.AUDITOR)
    client.get(LIST)

    with django_assert_num_queries(8):
        html = client.get(LIST).content.decode()
    with django_assert_num_queries(5):
        one = client.get(f"{LIST}pruefung/{check.pk}/").content.decode()

    assert html.count("wartet auf die zweite Person") == amount
    assert "Prüfbescheid erfassen" not in html
    assert "Stimmt mit dem Bescheid überein" not in one


def test_a_notice_of_another_programme_is_missing(finance, plan):
    foreign = ProofCheckFactory()

    for ending in ("", "aendern/"):
        assert finance.get(f"{LIST}pruefung/{foreign.pk}/{ending}").status_code == 404
    assert confirm(finance, foreign).status_code == 404
