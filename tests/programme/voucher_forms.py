"""The form of a voucher as a browser fills it in."""

from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.funding import PDF


def typed(plan, **changes):
    """Return the fields as a browser sends them."""
    fields = {
        "line": plan.lines.get(position=1).pk,
        "payee": "Beratung Müßig & Söhne GmbH",
        "invoice_number": "RE-2016-7",
        "invoiced_on": "2016-05-02",
        "paid_on": "2016-05-20",
        "gross_eur": "1.000,00 €",
        "reason": "Begleittage im April 2016",
        "form_key": str(uuid4()),
    }
    return fields | changes


def upload(content=PDF, name="Rechnung Größe.pdf"):
    return SimpleUploadedFile(name, content)


ADD = "/intern/foerderung/belege/neu/"
