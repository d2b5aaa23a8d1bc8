"""E-invoices in all profiles are read to the value; what they leave open is asked back."""

import time
from datetime import date
from decimal import Decimal

import facturx
import pytest

from programme.errors import RuleBroken
from programme.rules.invoices.invoice import Amounts, Asked, Invoice, Reading, as_json, from_json
from programme.rules.invoices.reading import invoice_of
from tests.programme.invoice_samples import FOLDER, FOREIGN_ENTITY, LAUGHS, changed, sample

NO_REASON = Asked("reason", "Die E-Rechnung nennt keine einzelnen Leistungen. Wofür wurde gezahlt?")


def eur(*amounts):
    return Amounts(*map(Decimal, amounts))


READ = {
    "minimum.xml": Invoice(
        kind="Factur-X MINIMUM (CII)",
        payee="Büro Größe",
        number="M-2016-1",
        issued_on=date(2016, 5, 2),
        amounts=eur("200.00", "38.00", "238.00"),
        asked=(NO_REASON,),
    ),
    "basic_wl.xml": Invoice(
        kind="Factur-X BASIC WL (CII)",
        payee="Haus der Tagung eG",
        number="WL-2016-2",
        issued_on=date(2016, 5, 3),
        due_on=date(2016, 6, 2),
        served_from=date(2016, 4, 28),
        served_to=date(2016, 4, 28),
        amounts=eur("200.00", "38.00", "238.00"),
        asked=(NO_REASON,),
    ),
    "basic.xml": Invoice(
        kind="Factur-X BASIC (CII)",
        payee="Druckerei Sößmann",
        number="B/2016/17",
        issued_on=date(2016, 5, 4),
        due_on=date(2016, 6, 3),
        served_from=date(2016, 4, 29),
        served_to=date(2016, 4, 29),
        amounts=eur("200.00", "38.00", "238.00"),
        reason="Faltblatt Terminvergabe",
    ),
    "en16931.xml": Invoice(
        kind="EN 16931 (CII)",
        payee="Werkstatt für Beteiligung GmbH",
        number="RE-2016-ÄÖ-118",
        issued_on=date(2016, 5, 11),
        due_on=date(2016, 6, 10),
        served_from=date(2016, 4, 1),
        served_to=date(2016, 4, 30),
        amounts=eur("1750.00", "332.50", "2082.50"),
        reason="Moderation Netzwerktreffen; Dokumentation",
    ),
    "extended.xml": Invoice(
        kind="Factur-X EXTENDED (CII)",
        payee="Seminarhotel Schöne Aussicht KG",
        number="EX 2016 0042",
        issued_on=date(2016, 5, 20),
        due_on=date(2016, 6, 19),
        served_from=date(2016, 5, 18),
        served_to=date(2016, 5, 19),
        amounts=eur("3060.00", "466.20", "3526.20"),
        reason="Tagungspauschale; Übernachtung",
        checks=(
            "Die Rechnung hat mehrere Steuersätze (19 % auf 2.100,00 EUR; 7 % auf 960,00 EUR). "
            "Bitte prüfen Sie, ob alles zum selben Einzelansatz gehört.",
        ),
    ),
    "xrechnung_cii.xml": Invoice(
        kind="XRechnung (CII)",
        payee="Beratung Müßig & Söhne GmbH",
        number="X-4711",
        issued_on=date(2016, 6, 1),
        due_on=date(2016, 7, 1),
        served_from=date(2016, 5, 2),
        served_to=date(2016, 5, 25),
        amounts=eur("2700.00", "513.00", "3213.00"),
        reason="Begleittag Standort Beispielstadt",
    ),
    "xrechnung_ubl.xml": Invoice(
        kind="XRechnung (UBL)",
        payee="Übersetzungen Zoë Łącka",
        number="UBL-2016-99",
        issued_on=date(2016, 6, 2),
        due_on=date(2016, 7, 2),
        served_from=date(2016, 5, 1),
        served_to=date(2016, 5, 31),
        amounts=eur("500.00", "95.00", "595.00"),
        reason="Dolmetschen Fachtag; Fahrtkosten",
    ),
    "credit_note_ubl.xml": Invoice(
        kind="XRechnung (UBL)",
        payee="Übersetzungen Zoë Łącka",
        number="GS-2016-3",
        issued_on=date(2016, 6, 20),
        due_on=date(2016, 7, 20),
        served_from=date(2016, 5, 1),
        served_to=date(2016, 5, 31),
        amounts=eur("-120.00", "-22.80", "-142.80"),
        reason="Dolmetschen Fachtag",
    ),
}


def test_every_sample_file_is_read_here():
    assert {path.name for path in FOLDER.iterdir()} == set(READ)


@pytest.mark.parametrize("name", READ)
def test_a_sample_follows_the_official_schema(name):
    assert facturx.xml_check_xsd(sample(name)) is True


@pytest.mark.parametrize("name", READ)
def test_a_sample_is_read_to_the_value_and_survives_being_kept(name):
    invoice = invoice_of(sample(name), name=name)

    assert invoice == READ[name]
    assert from_json(as_json(Reading(invoice=invoice))) == Reading(invoice=invoice)


def test_the_problem_with_a_file_survives_being_kept():
    assert from_json(as_json(Reading(problem="zu groß"))) == Reading(problem="zu groß")
    assert from_json(as_json(Reading())) == Reading()


def test_an_invoice_fills_nine_fields_of_the_form():
    assert READ["en16931.xml"].filled == {
        "payee": "Werkstatt für Beteiligung GmbH",
        "invoice_number": "RE-2016-ÄÖ-118",
        "invoiced_on": "2016-05-11",
        "gross_eur": "2.082,50",
        "reason": "Moderation Netzwerktreffen; Dokumentation",
        "serviced_from": "2016-04-01",
        "serviced_to": "2016-04-30",
        "net_eur": "1.750,00",
        "vat_eur": "332,50",
    }


def test_the_bank_account_is_never_read():
    told = str([as_json(Reading(invoice=invoice_of(sample(name), name=name))) for name in READ])

    assert "DE02120300000000202051" not in told


def test_other_encodings_and_time_zones_are_read():
    latin = sample("en16931.xml").decode().replace("UTF-8", "ISO-8859-1").encode("latin-1")
    marked = b"\xef\xbb\xbf" + sample("en16931.xml")
    zoned = changed("xrechnung_ubl.xml", ("2016-06-02", "2016-06-02+02:00"))

    assert invoice_of(latin, name="a.xml") == READ["en16931.xml"]
    assert invoice_of(marked, name="a.xml") == READ["en16931.xml"]
    assert invoice_of(zoned, name="a.xml") == READ["xrechnung_ubl.xml"]


TOTAL = "<ram:GrandTotalAmount>2082.50</ram:GrandTotalAmount>"
DUE = "<ram:DuePayableAmount>2082.50</ram:DuePayableAmount>"
BASE = "<ram:TaxBasisTotalAmount>1750.00</ram:TaxBasisTotalAmount>"
SELLER = "<ram:Name>Werkstatt für Beteiligung GmbH</ram:Name>"
NUMBER = "<ram:ID>RE-2016-ÄÖ-118</ram:ID>"
CURRENCY = "<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>"
PAYEE = "<ram:PayeeTradeParty><ram:Name>Inkasso Beispiel AG</ram:Name></ram:PayeeTradeParty>"
ISSUED = '<udt:DateTimeString format="102">20160511'
LINE_SUM = "<ram:LineTotalAmount>1750.00</ram:LineTotalAmount>"
TAX = '<ram:TaxTotalAmount currencyID="EUR">332.50</ram:TaxTotalAmount>'
PREPAID = "<ram:TotalPrepaidAmount>1000.00</ram:TotalPrepaidAmount>"


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ([(TOTAL, TOTAL.replace("2082.50", "2083.50"))], "gross_eur", "nicht den Bruttobetrag"),
        ([(TOTAL, "")], "gross_eur", "fehlt der Bruttobetrag"),
        ([(TOTAL, TOTAL.replace("2082.50", "2.082,50"))], "gross_eur", "nicht als Zahl"),
        ([(TOTAL, TOTAL.replace("2082.50", "2082.505"))], "gross_eur", "zwei Nachkommastellen"),
        ([(TOTAL, TOTAL + TOTAL.replace("2082.50", "9.00"))], "gross_eur", "mehr als ein Wert"),
        ([(TOTAL, TOTAL.replace("2082.50", "-5.00"))], "gross_eur", "−5,00 EUR brutto"),
        ([(TOTAL, TOTAL.replace("2082.50", "999999999999"))], "gross_eur", "EUR brutto"),
        ([(CURRENCY, CURRENCY.replace("EUR", "USD"))], "gross_eur", "lautet auf USD"),
        ([(CURRENCY, "")], "gross_eur", "keine Währung"),
        ([("<ram:GrandTotalAmount>", '<ram:GrandTotalAmount currencyID="CHF">')],
         "gross_eur", "lautet auf CHF"),
        ([(BASE, LINE_SUM.replace("1750.00", "1.00") + BASE)], "gross_eur", "mehr als ein Wert"),
        ([(LINE_SUM, LINE_SUM.replace("1750.00", "1740.00"))], "gross_eur", "Positionen 1.740,00"),
        ([("<ram:LineTotalAmount>250.00", "<ram:LineTotalAmount>260.00")],
         "gross_eur", "einzelnen Positionen 1.760,00"),
        ([("<ram:CalculatedAmount>332.50", "<ram:CalculatedAmount>332.49")],
         "gross_eur", "Steuersätze zusammen 332,49"),
        ([("<ram:BasisAmount>1750.00", "<ram:BasisAmount>1749.00")],
         "gross_eur", "Steuer auf 1.749,00"),
        ([(DUE, PREPAID + DUE.replace("2082.50", "1082.50"))], "gross_eur", "noch 1.082,50 EUR"),
        ([(DUE, DUE.replace("2082.50", "2000.00"))], "gross_eur", "ohne dass der Unterschied"),
        ([(SELLER, "")], "payee", "fehlt: Name der Firma"),
        ([(SELLER, SELLER + SELLER.replace("GmbH", "AG"))], "payee", "mehr als ein Wert"),
        ([(CURRENCY, CURRENCY + PAYEE)], "payee", "zu zahlen ist laut E-Rechnung an „Inkasso"),
        ([(NUMBER, "<ram:ID> </ram:ID>")], "invoice_number", "fehlt: Rechnungsnummer"),
        ([(ISSUED, '<udt:DateTimeString format="610">201605')], "invoiced_on", "nicht eindeutig"),
        ([(ISSUED, '<udt:DateTimeString format="102">11.05.2016')], "invoiced_on", "11.05.2016"),
        ([(ISSUED, '<udt:DateTimeString format="102">20160231')], "invoiced_on", "2016-02-31"),
        ([(ISSUED, '<udt:DateTimeString format="102">')], "invoiced_on", "fehlt: Rechnungsdatum"),
        ([("20160430", "20160301")], "serviced_from", "endet laut E-Rechnung am 01.03.2016"),
    ],
)  # fmt: skip
def test_what_is_missing_or_contradictory_is_asked_back_and_left_open(changes, field, text):
    invoice = invoice_of(changed("en16931.xml", *changes), name="a.xml")

    (asked,) = invoice.asked
    assert (asked.field, invoice.filled.get(field)) == (field, None)
    assert text in asked.text


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("<ram:TypeCode>380<", "<ram:TypeCode>384<", "berichtigt eine frühere Rechnung"),
        ("<ram:TypeCode>380<", "<ram:TypeCode>325<", "keine gewöhnliche Rechnung"),
        ("<ram:RateApplicablePercent>19.00", "<ram:RateApplicablePercent>7.00", "7 % auf 1.750,00"),
        ("<ram:CategoryCode>S<", "<ram:CategoryCode>AE<", "Umkehr der Steuerschuld"),
    ],
)
def test_what_is_unusual_is_filled_in_but_has_to_be_looked_at(old, new, check):
    invoice = invoice_of(changed("en16931.xml", (old, new)), name="a.xml")

    assert (invoice.asked, len(invoice.checks)) == ((), 1)
    assert check in invoice.checks[0]
    assert invoice.filled["gross_eur"] == "2.082,50"


def test_tax_in_a_second_currency_and_grouped_lines_do_not_confuse_the_sums():
    second = TAX + TAX.replace("EUR", "CHF").replace("332.50", "360.00")
    parent = (
        "<ram:LineID>2</ram:LineID>",
        "<ram:LineID>2</ram:LineID><ram:ParentLineID>1</ram:ParentLineID>",
    )

    invoice = invoice_of(changed("en16931.xml", (TAX, second), parent), name="a.xml")

    assert invoice == READ["en16931.xml"]


def test_many_items_are_named_as_far_as_the_field_takes_them():
    name = "Begleittag Standort Beispielstadt"
    product = "<ram:SpecifiedTradeProduct><ram:Name>{}</ram:Name></ram:SpecifiedTradeProduct>"
    items = "".join(product.format(f"{n} {'Ä' * 90}") for n in range(5))
    whole = product.format(name)

    many = invoice_of(changed("xrechnung_cii.xml", (whole, items)), name="a.xml").reason
    long = invoice_of(changed("xrechnung_cii.xml", (name, "Ö" * 400)), name="a.xml").reason

    assert (len(many) <= 300, many[-11:]) == (True, "; 2 weitere")
    assert long == "Ö" * 299 + "…"


def test_an_invoice_that_overdoes_it_costs_no_time_and_no_long_sentence():
    line = "<ram:SpecifiedTradeProduct><ram:Name>{}</ram:Name></ram:SpecifiedTradeProduct>"
    product = line.format("Begleittag Standort Beispielstadt")
    tax = "<ram:ApplicableTradeTax><ram:CategoryCode>S</ram:CategoryCode></ram:ApplicableTradeTax>"
    seller = "<ram:Name>Beratung Müßig &amp; Söhne GmbH</ram:Name>"
    started = time.perf_counter()

    invoice = invoice_of(
        changed(
            "xrechnung_cii.xml",
            (product, "".join(line.format(number) for number in range(40_000))),
            (CURRENCY, CURRENCY + tax * 1000),
            (seller, "".join(f"<ram:Name>{'X' * 500}{n}</ram:Name>" for n in range(1000))),
            ("X-4711", "4" * 100_000),
        ),
        name="a.xml",
    )

    assert time.perf_counter() - started < 5
    assert [asked.field for asked in invoice.asked] == ["gross_eur"]
    assert (len(invoice.number), len(invoice.payee)) == (400, 400)
    assert max(len(asked.text) for asked in invoice.asked) < 400
    assert len(invoice.reason) <= 300


def test_signs_nobody_sees_stay_outside():
    invoice = invoice_of(
        changed("en16931.xml", ("Werkstatt für", "Werk\u202estatt\n   für\u200b")), name="a.xml"
    )

    assert invoice.payee == "Werk statt für Beteiligung GmbH"


ORDER = b'<o:Order xmlns:o="urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100"/>'
OLD = b'<o:CrossIndustryDocument xmlns:o="urn:ferd:CrossIndustryDocument:invoice:1p0"/>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "leer"),
        (sample("en16931.xml")[:2000], "nicht lesbar"),
        (sample("en16931.xml").decode().encode("latin-1"), "nicht lesbar"),
        (sample("en16931.xml").decode().encode("utf-16"), "keine Datei der Art"),
        (b"<rechnung><betrag>5</betrag></rechnung>", "keine E-Rechnung"),
        (sample("en16931.xml").replace(b"CrossIndustryInvoice:100", b"X"), "keine E-Rechnung"),
        (ORDER, "eine Bestellung"),
        (OLD, "alten Fassung 1"),
        (LAUGHS, "mehr als Daten"),
        (FOREIGN_ENTITY, "mehr als Daten"),
        (b"<html><body>Rechnung</body></html>", "mehr als Daten"),
        (b"<a>" + b"x" * 10 * 1024 * 1024 + b"</a>", "zu groß"),
        (b"<a>" + b"<b/>" * 300_000 + b"</a>", "zu groß"),
        (b"<a><b " + b" ".join(b'c%d=""' % n for n in range(200_001)) + b"/></a>", "zu groß"),
        (b"<a>" * 5000 + b"</a>" * 5000, "nicht lesbar"),
    ],
)
def test_broken_files_are_refused_with_the_reason(content, why):
    with pytest.raises(RuleBroken, match=why):
        invoice_of(content, name="rechnung.xml")
