"""What an edition must have before it may be published (checks W05, F31)."""

DUTIES = {
    "publisher_name": "der Herausgeber",
    "street": "die Anschrift des Herausgebers",
    "city": "der Ort des Herausgebers",
    "order_mailbox": "die Bestelladresse",
    "election_notice": "der Hinweis zur Wahlwerbung",
}
# Where a report shows who pays for it: on its cover and in its imprint.
PRINTED = ("pdf/report_cover.html", "publications/blocks/imprint.html")
