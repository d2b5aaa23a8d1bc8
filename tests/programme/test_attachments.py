"""The e-invoice comes out of a PDF; hostile files cost seconds and memory of a small program."""

import time

import pytest

from programme import attachments
from programme.errors import RuleBroken
from tests.programme.invoice_samples import (
    LAUGHS,
    LEVELS,
    PLAIN_PDF,
    bomb_pdf,
    hybrid,
    locked_pdf,
    pdf_with,
    sample,
)


@pytest.mark.parametrize("name", LEVELS)
def test_the_invoice_of_every_profile_comes_out_as_it_went_in(name):
    assert attachments.invoice_xml(hybrid(name), name="a.pdf") == sample(name)


def test_an_invoice_is_found_under_the_names_of_the_standards_and_by_its_content():
    named = pdf_with(("xrechnung.xml", sample("xrechnung_ubl.xml")), ("notiz.txt", b"x"))
    other = pdf_with(("meine.xml", sample("xrechnung_cii.xml")), ("liste.xml", b"<a/>"))

    assert attachments.invoice_xml(named, name="a.pdf") == sample("xrechnung_ubl.xml")
    assert attachments.invoice_xml(other, name="a.pdf") == sample("xrechnung_cii.xml")


def test_what_calls_itself_an_invoice_comes_out_even_if_it_is_broken():
    for content in (b"kein XML", LAUGHS):
        assert attachments.invoice_xml(pdf_with(("factur-x.xml", content)), name="a") == content


def test_a_plain_pdf_and_one_with_other_data_hold_no_invoice():
    assert attachments.invoice_xml(PLAIN_PDF, name="a.pdf") is None
    assert attachments.invoice_xml(pdf_with(("liste.xml", b"<a/>")), name="a.pdf") is None


def test_what_cannot_be_read_is_refused_with_the_reason_in_a_few_seconds():
    two = pdf_with(
        ("factur-x.xml", sample("basic.xml")), ("xrechnung.xml", sample("xrechnung_ubl.xml"))
    )
    started = time.perf_counter()

    for content, why in (
        (locked_pdf(), "verschlüsselt"),
        (two, "mehrere E-Rechnungen"),
        (hybrid("basic.xml")[:900] + b"%%EOF", "beschädigt"),
        (b"%PDF-1.7 nichts %%EOF", "beschädigt"),
        (bomb_pdf(), "zu aufwendig"),
        (pdf_with(("factur-x.xml", b"<a>" + b"x" * 11_000_000 + b"</a>")), "zu aufwendig"),
    ):
        with pytest.raises(RuleBroken, match=why):
            attachments.invoice_xml(content, name="rechnung.pdf")

    assert time.perf_counter() - started < 40


def test_a_program_that_does_not_come_to_an_end_is_stopped(monkeypatch, tmp_path):
    endless = tmp_path / "endless.py"
    endless.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(attachments, "_PROGRAM", endless)
    monkeypatch.setattr(attachments, "MAX_SECONDS", 0.5)

    with pytest.raises(RuleBroken, match="zu aufwendig"):
        attachments.invoice_xml(PLAIN_PDF, name="rechnung.pdf")
